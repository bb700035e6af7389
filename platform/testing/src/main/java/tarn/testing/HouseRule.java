package tarn.testing;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// An architecture rule: its statement, how to fix a breach, and how breaches are found.
public enum HouseRule {
    OTHER_SERVICES(
            "knows no other program's classes",
            "Programs meet over HTTP by contract, in the outbox and on the bus. What two need and is no"
                    + " word of a domain belongs in the platform.") {
        @Override
        Stream<Breach> breaches(House house) {
            return house.own()
                    .flatMap(House::knows)
                    .filter(dependency -> House.within(House.target(dependency), "tarn")
                            && !house.mine(House.target(dependency))
                            && !House.catalogue(House.target(dependency))
                            && (house.root().equals("tarn.platform") || !House.shared(House.target(dependency))))
                    .map(Breach::of);
        }
    },

    PACKAGE_CYCLES(
            "has no cycle of packages",
            "Move what both need into the one that knows less, or make one package of the two.") {
        @Override
        Stream<Breach> breaches(House house) {
            return SlicesRuleDefinition.slices()
                    .assignedFrom(new Packages(house))
                    .should()
                    .beFreeOfCycles()
                    .allowEmptyShould(true)
                    .evaluate(house.classes())
                    .getFailureReport()
                    .getDetails()
                    .stream()
                    .map(cycle -> new Breach(house.root(), cycle));
        }
    },

    HTTP(
            "speaks HTTP in resources only",
            "Parse and answer in the *Resource; give the use case values and throw a Refusal for a no.") {
        @Override
        Stream<Breach> breaches(House house) {
            if (house.platform()) {
                return Stream.empty();
            }
            return house.own()
                    .filter(type -> !House.resource(type))
                    .flatMap(type -> House.knows(type).filter(dependency -> http(type, House.target(dependency))))
                    .map(Breach::of);
        }

        /// Stores return pages, and a service's database creates the store of idempotency keys.
        private static boolean http(JavaClass type, JavaClass known) {
            return known.getPackageName().startsWith("jakarta.ws.rs")
                    || House.within(known, "org.jboss.resteasy")
                    || (House.within(known, "tarn.platform.http")
                            && !known.getSimpleName().equals("Page")
                            && !(known.getSimpleName().equals("Idempotency") && House.store(type)));
        }
    },

    SQL("speaks SQL in stores only", "Move the statement into the *Store and give it a name of the domain.") {
        @Override
        Stream<Breach> breaches(House house) {
            if (house.platform()) {
                return Stream.empty();
            }
            return house.own()
                    .filter(type -> !House.store(type))
                    .flatMap(House::knows)
                    .filter(dependency -> sql(house, House.target(dependency)))
                    .map(Breach::of);
        }

        private static boolean sql(House house, JavaClass known) {
            return Stream.of("org.jooq", "java.sql", "javax.sql", "tarn.platform.database", house.root() + ".sql")
                    .anyMatch(root -> House.within(known, root));
        }
    },

    NOUNS(
            "keeps its nouns free of frameworks",
            "A noun knows java.*, other nouns and the platform's values; whatever else it needs is given to"
                    + " it as a value, or done by the one who holds it.") {
        @Override
        Stream<Breach> breaches(House house) {
            if (house.platform()) {
                return Stream.empty();
            }
            return house.own()
                    .filter(House::noun)
                    .flatMap(House::knows)
                    .filter(dependency -> !simple(house, House.target(dependency)))
                    .map(Breach::of);
        }

        private static boolean simple(House house, JavaClass known) {
            return known.isPrimitive()
                    || (House.within(known, "java") && !House.within(known, "java.sql"))
                    || House.within(known, "org.jspecify")
                    || known.getPackageName().equals("tarn.platform")
                    || House.within(known, "tarn.platform.problem")
                    || House.catalogue(known)
                    || known.getFullName().startsWith("tarn.platform.security.Caller")
                    || (house.mine(known) && (House.noun(known) || plain(known)));
        }

        /// A value that is no record because it hides its inside.
        private static boolean plain(JavaClass known) {
            return !House.bean(known) && !House.useCases(known) && !House.resource(known) && !House.store(known);
        }
    },

    LAYERS(
            "goes from resource to use case to store to noun and never back",
            "Give what is needed as a parameter, or move it to the layer that needs it; a resource asks its use"
                    + " case, not the store.") {
        @Override
        Stream<Breach> breaches(House house) {
            return house.own()
                    .flatMap(type -> House.knows(type)
                            .filter(dependency -> house.mine(House.target(dependency)))
                            .filter(dependency -> back(type, House.target(dependency))))
                    .map(Breach::of);
        }

        private static boolean back(JavaClass from, JavaClass to) {
            return (House.resource(to) && !House.resource(from))
                    || (House.store(from) && House.useCases(to))
                    || (House.resource(from) && to.getSimpleName().endsWith("Store"));
        }
    },

    VISIBILITY(
            "keeps its classes package-private",
            "Take `public` away: only resources, mains, service providers and what another package of the same"
                    + " program uses need it.") {
        @Override
        Stream<Breach> breaches(House house) {
            if (house.platform()) {
                return Stream.empty();
            }
            return house.own()
                    .filter(type -> type.getEnclosingClass().isEmpty())
                    .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                    .filter(type ->
                            !House.resource(type) && !main(type) && !provider(type) && !usedElsewhere(house, type))
                    .map(type -> new Breach(type, "is public and nobody needs it to be"));
        }

        private static boolean main(JavaClass type) {
            return type.getMethods().stream()
                    .anyMatch(method -> method.getName().equals("main"));
        }

        /// Whether a service file names it, for a library to make one.
        private static boolean provider(JavaClass type) {
            return type.getAllRawInterfaces().stream()
                    .anyMatch(implemented -> implemented.getPackageName().endsWith(".spi"));
        }

        private static boolean usedElsewhere(House house, JavaClass type) {
            return house.classes().stream()
                    .filter(user -> !user.getPackageName().equals(type.getPackageName()))
                    .flatMap(user -> user.getDirectDependenciesFromSelf().stream())
                    .anyMatch(dependency ->
                            House.outermost(House.target(dependency)).equals(type));
        }
    },

    FINAL(
            "has final classes",
            "Make it final, or sealed. Only what an interceptor (@Transactional, …) or a scope's proxy must extend"
                    + " stays open.") {
        @Override
        Stream<Breach> breaches(House house) {
            return house.own()
                    .filter(type -> !type.isInterface() && !type.isEnum() && !type.isRecord())
                    .filter(type -> !type.getModifiers().contains(JavaModifier.FINAL))
                    .filter(type -> !House.sealed(type) && !extended(type))
                    .map(type -> new Breach(type, "is open to be extended and nothing extends it"));
        }

        private static boolean extended(JavaClass type) {
            return House.resource(type)
                    || type.isAnnotatedWith("jakarta.enterprise.context.ApplicationScoped")
                    || type.isAnnotatedWith("jakarta.enterprise.context.RequestScoped")
                    || !type.getSubclasses().isEmpty()
                    || Stream.concat(
                                    type.getAnnotations().stream(),
                                    type.getMethods().stream().flatMap(method -> method.getAnnotations().stream()))
                            .anyMatch(FINAL::intercepts);
        }
    },

    FIELD_INJECTION(
            "injects into constructors, never into fields",
            "Make the field private final and take it in the constructor.") {
        @Override
        Stream<Breach> breaches(House house) {
            Set<String> injecting = Set.of(
                    "jakarta.inject.Inject",
                    "jakarta.ws.rs.core.Context",
                    "org.eclipse.microprofile.config.inject.ConfigProperty",
                    "io.quarkus.agroal.DataSource");
            return house.own()
                    .filter(type -> !type.isRecord())
                    .flatMap(type -> type.getFields().stream())
                    .filter(field -> injecting.stream().anyMatch(field::isAnnotatedWith))
                    .map(field -> new Breach(field.getOwner(), "injects into its field " + field.getName()));
        }
    },

    SINGLE_IMPLEMENTATION(
            "has no interface with a single implementation",
            "Use the class itself. An interface is for two or more, for a sealed family, for a function"
                    + " (@FunctionalInterface), a @ConfigMapping or a REST client; a seam between modules is"
                    + " named in HouseRule with its reason.") {
        @Override
        Stream<Breach> breaches(House house) {
            return house.own()
                    .filter(type -> type.isInterface() && !type.isAnnotation())
                    .filter(type -> !House.sealed(type)
                            && !type.isAnnotatedWith(FunctionalInterface.class)
                            && !type.isAnnotatedWith("io.smallrye.config.ConfigMapping")
                            && !type.isAnnotatedWith("org.eclipse.microprofile.rest.client.inject.RegisterRestClient")
                            && !SEAMS.containsKey(type.getName()))
                    .filter(type -> type.getAllSubclasses().stream()
                                    .filter(each -> !each.isInterface())
                                    .count()
                            < 2)
                    .map(type -> new Breach(type, "is an interface that fewer than two classes implement"));
        }
    },

    OUTSIDE_WORLD(
            "asks the platform for time, chance, settings and the log",
            "Take a Clock, Uuid7.next(clock), a @ConfigProperty, a Logger; wait for a signal instead of sleeping.") {
        @Override
        Stream<Breach> breaches(House house) {
            if (house.platform()) {
                return Stream.empty();
            }
            return house.classes().stream()
                    .filter(type -> house.mine(type))
                    .flatMap(type -> type.getAccessesFromSelf().stream())
                    .filter(access -> outside(access.getTarget()))
                    .map(OUTSIDE_WORLD::breach);
        }

        private static boolean outside(AccessTarget target) {
            String owner = target.getOwner().getName();
            String name = target.getName();
            return switch (owner) {
                case "java.lang.System" ->
                    Set.of("out", "err", "getenv", "currentTimeMillis").contains(name);
                case "java.lang.Thread" -> name.equals("sleep");
                case "java.util.UUID" -> name.equals("randomUUID");
                case "java.time.Clock" -> name.startsWith("system");
                default -> owner.startsWith("java.time.") && name.equals("now") && !takesClock(target);
            };
        }

        private static boolean takesClock(AccessTarget target) {
            return target instanceof AccessTarget.CodeUnitAccessTarget call
                    && call.getRawParameterTypes().stream()
                            .anyMatch(type -> type.getName().equals("java.time.Clock"));
        }
    },

    PUBLIC_ENDPOINTS(
            "has public endpoints",
            "Make the method public: the framework silently leaves out an endpoint that is not.") {
        @Override
        Stream<Breach> breaches(House house) {
            return house.endpoints()
                    .filter(method -> !method.getModifiers().contains(JavaModifier.PUBLIC))
                    .map(method -> breach(method, "is an endpoint and not public"));
        }
    },

    CALLERS(
            "says of every endpoint who may call it",
            "Write @RolesAllowed(..) or, for the public, @PermitAll on the method or its class.") {
        @Override
        Stream<Breach> breaches(House house) {
            Set<String> saying = Set.of(
                    "jakarta.annotation.security.RolesAllowed",
                    "jakarta.annotation.security.PermitAll",
                    "jakarta.annotation.security.DenyAll");
            return house.endpoints()
                    .filter(method -> saying.stream()
                            .noneMatch(name -> method.isAnnotatedWith(name)
                                    || method.getOwner().isAnnotatedWith(name)))
                    .map(method -> breach(method, "does not say who may call it"));
        }
    },

    NULL_MARKED(
            "has package-info.java with @NullMarked in every package",
            "Write package-info.java: what lives there, where to start reading, @NullMarked.") {
        @Override
        Stream<Breach> breaches(House house) {
            return house.own()
                    .map(JavaClass::getPackage)
                    .distinct()
                    .filter(folder -> !marked(folder))
                    .map(folder -> new Breach(folder.getName(), "package " + folder.getName() + " is not @NullMarked"));
        }

        private static boolean marked(JavaPackage folder) {
            return folder.tryGetPackageInfo()
                    .map(info -> info.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                    .orElse(false);
        }
    };

    /// Interfaces whose implementations live in different modules, with the reason.
    private static final Map<String, String> SEAMS = Map.of(
            "tarn.platform.security.KeySource",
            "identity has its keys at hand; every other service reads the document identity publishes");

    private final String statement;
    private final String mending;

    HouseRule(String statement, String mending) {
        this.statement = statement;
        this.mending = mending;
    }

    /// The rule as a predicate, as in "has final classes".
    public String statement() {
        return statement;
    }

    /// How to fix a breach.
    public String mending() {
        return mending;
    }

    /// The breaches of this rule.
    abstract Stream<Breach> breaches(House house);

    Breach breach(JavaMethod method, String what) {
        return new Breach(method.getOwner(), method.getName() + "() " + what);
    }

    Breach breach(JavaAccess<?> access) {
        return new Breach(House.outermost(access.getOriginOwner()).getName(), access.getDescription());
    }

    boolean intercepts(JavaAnnotation<?> annotation) {
        return annotation.getRawType().isAnnotatedWith("jakarta.interceptor.InterceptorBinding");
    }

    /// Slices the program by package.
    private record Packages(House house) implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return house.mine(type) ? SliceIdentifier.of(type.getPackageName()) : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "packages of " + house.root();
        }
    }

    /// One breach of a rule.
    ///
    /// @param where the top-level class, or the program for a rule on its packages
    record Breach(String where, String what) {

        Breach(JavaClass type, String what) {
            this(House.outermost(type).getName(), type.getSimpleName() + " " + what);
        }

        static Breach of(Dependency dependency) {
            return new Breach(House.outermost(dependency.getOriginClass()).getName(), dependency.getDescription());
        }
    }
}
