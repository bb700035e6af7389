package tarn.testing;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.Set;
import java.util.stream.Stream;

/// A program's compiled classes with the architectural role of each, derived from its name and
/// shape; a nested class has its outer class's role.
///
/// @param root the program's package, as in `tarn.tasks`
/// @param classes without tests and generated code
record House(String root, JavaClasses classes) {

    private static final Set<String> SCOPES = Set.of(
            "jakarta.inject.Singleton",
            "jakarta.enterprise.context.ApplicationScoped",
            "jakarta.enterprise.context.RequestScoped",
            "jakarta.enterprise.context.Dependent");

    /// All hand-written, named classes.
    Stream<JavaClass> own() {
        return classes.stream()
                .filter(type -> within(type, root))
                .filter(type -> !type.isAnonymousClass()
                        && !type.isLocalClass()
                        && !type.getModifiers().contains(JavaModifier.SYNTHETIC)
                        && !type.getSimpleName().equals("package-info"));
    }

    /// A class's dependencies, arrays and its own nested classes aside.
    static Stream<Dependency> knows(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .filter(dependency -> !outermost(target(dependency)).equals(outermost(type)));
    }

    static JavaClass target(Dependency dependency) {
        return dependency.getTargetClass().getBaseComponentType();
    }

    static JavaClass outermost(JavaClass type) {
        JavaClass outer = type;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }

    static boolean within(JavaClass type, String root) {
        return type.getPackageName().equals(root) || type.getPackageName().startsWith(root + '.');
    }

    /// Code that programs may depend on: the platform, and the import file readers, which depend on
    /// no program.
    static boolean shared(JavaClass type) {
        return within(type, "tarn.platform") || within(type, "tarn.imports");
    }

    /// The catalogue of services, which every program may depend on.
    static boolean catalogue(JavaClass type) {
        return within(type, "tarn.catalogue");
    }

    /// Whether this is shared code, whose classes may be public and reach the outside world.
    boolean platform() {
        return root.equals("tarn.platform") || root.equals("tarn.testing");
    }

    boolean mine(JavaClass type) {
        return within(type, root);
    }

    /// HTTP endpoints.
    static boolean resource(JavaClass type) {
        return outermost(type).getSimpleName().endsWith("Resource");
    }

    /// SQL access, including a service's `…Database`.
    static boolean store(JavaClass type) {
        String name = outermost(type).getSimpleName();
        return name.endsWith("Store") || name.endsWith("Database");
    }

    /// A domain value: a record, an enum, or a sealed family of them.
    static boolean noun(JavaClass type) {
        JavaClass outer = outermost(type);
        return !resource(type) && !store(type) && (outer.isRecord() || outer.isEnum() || sealed(outer));
    }

    /// Has transactional methods.
    static boolean useCases(JavaClass type) {
        JavaClass outer = outermost(type);
        return !resource(type)
                && !store(type)
                && (outer.isAnnotatedWith("jakarta.transaction.Transactional")
                        || outer.getMethods().stream()
                                .anyMatch(method -> method.isAnnotatedWith("jakarta.transaction.Transactional")));
    }

    static boolean sealed(JavaClass type) {
        return type.reflect().isSealed();
    }

    static boolean bean(JavaClass type) {
        return SCOPES.stream().anyMatch(type::isAnnotatedWith);
    }

    static boolean endpoint(JavaMethod method) {
        return !method.getOwner().isInterface()
                && method.getAnnotations().stream()
                        .anyMatch(annotation -> annotation.getRawType().isAnnotatedWith("jakarta.ws.rs.HttpMethod"));
    }

    /// All HTTP endpoints.
    Stream<JavaMethod> endpoints() {
        return own().flatMap(type -> type.getMethods().stream()).filter(House::endpoint);
    }
}
