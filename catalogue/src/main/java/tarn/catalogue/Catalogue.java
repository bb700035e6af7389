package tarn.catalogue;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The services of an installation, from which routes, keys, database roles, settings, scopes and
/// processes are derived.
///
/// @param services in start order
/// @param awaited consumers of events that are not built yet: events are kept for them
public record Catalogue(List<Service> services, Set<String> awaited) {

    /// Signs the access tokens that all services verify.
    public static final String IDENTITY = "identity";

    public static final String TASKS = "tasks";
    public static final String POSTS = "posts";
    public static final String CALCULATOR = "calculator";

    /// Runs the recurring jobs of all services.
    public static final String WORKER = "worker";

    /// The only service that clients reach.
    public static final String GATEWAY = "gateway";

    /// Will consume events to keep them as history.
    public static final String LAKE = "lake";

    /// All services.
    public static final Catalogue ALL = new Catalogue(
            List.of(
                    Service.named(IDENTITY)
                            .withSchema()
                            .withPaths(
                                    "users",
                                    "sessions",
                                    "tokens",
                                    "registration",
                                    "invitations",
                                    "password-resets",
                                    "security-events")
                            .withScopes("users:read")
                            .calledBy(GATEWAY, TASKS, POSTS, WORKER),
                    Service.named(TASKS)
                            .withSchema()
                            .withPaths("projects", "tasks", "items", "imports", "jobs")
                            .withScopes("tasks:read", "tasks:write")
                            .calledBy(GATEWAY, IDENTITY, POSTS, WORKER),
                    Service.named(POSTS)
                            .withSchema()
                            .withPaths("posts")
                            .withScopes("posts:read", "posts:write")
                            .calledBy(GATEWAY, TASKS, WORKER)
                            .asOptional(),
                    Service.named(CALCULATOR)
                            .withPaths("calculations")
                            .withScopes("calculations:run")
                            .calledBy(TASKS)
                            .asOptional(),
                    Service.named(WORKER)
                            .withSchema()
                            .withPaths("timetable", "live")
                            .calledBy(WORKER)
                            .consumingAs(WORKER)
                            .asOptional(),
                    Service.named(GATEWAY)),
            Set.of(LAKE));

    /// Copies the lists.
    public Catalogue {
        services = List.copyOf(services);
        awaited = Set.copyOf(awaited);
    }

    /// The service of this name, if any.
    public Optional<Service> find(String name) {
        return services.stream().filter(service -> service.name().equals(name)).findFirst();
    }

    /// Whether there is a service of this name.
    public boolean has(String name) {
        return find(name).isPresent();
    }

    /// The services with a database schema.
    public List<Service> withSchema() {
        return services.stream().filter(Service::hasSchema).toList();
    }

    /// The services with public operations.
    public List<Service> withPaths() {
        return services.stream().filter(service -> !service.paths().isEmpty()).toList();
    }

    /// Names of the services that call others, each with a key of its own.
    public Set<String> callers() {
        return services.stream()
                .flatMap(service -> service.callers().stream())
                .filter(this::has)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// Names under which events are consumed; no event is deleted before all of them have taken it.
    public Set<String> consumers() {
        return Stream.concat(services.stream().map(Service::consumer).filter(Objects::nonNull), awaited.stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// The scopes of personal access tokens.
    public Set<String> scopes() {
        return services.stream()
                .flatMap(service -> service.scopes().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// The catalogue without the services that an operator excludes.
    ///
    /// @param names separated by commas
    /// @throws IllegalArgumentException with one line for the operator when a service is unknown or
    /// required
    public Catalogue without(String names) {
        Set<String> without = Stream.of(names.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        for (String name : without) {
            if (awaited.contains(name)) {
                continue;
            }
            if (find(name).isEmpty()) {
                throw new IllegalArgumentException("There is no service " + name + " to leave out: " + choice());
            }
            if (find(name).filter(Service::optional).isEmpty()) {
                throw new IllegalArgumentException("The service " + name + " cannot be left out: " + choice());
            }
        }
        List<Service> rest = new ArrayList<>(services);
        rest.removeIf(service -> without.contains(service.name()));
        Set<String> others = new TreeSet<>(awaited);
        others.removeAll(without);
        return new Catalogue(rest, others);
    }

    private String choice() {
        return "only " + names(true) + " can, " + names(false) + " are always needed.";
    }

    private String names(boolean optional) {
        List<String> names = Stream.concat(
                        services.stream()
                                .filter(service -> service.optional() == optional)
                                .map(Service::name),
                        optional ? awaited.stream() : Stream.of())
                .toList();
        return names.size() < 2
                ? String.join("", names)
                : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
    }
}
