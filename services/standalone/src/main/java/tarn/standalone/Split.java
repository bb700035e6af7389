package tarn.standalone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tarn.catalogue.Service;
import tarn.platform.process.ParentWatch;

/// Runs every service in a process of its own, or in up to four, and supervises them: starts them,
/// restarts those that end by themselves, and stops the gateways first.
record Split(ServiceSettings services, StartedProcesses started, Shutdown shutdown) implements Topology {

    private static final String PARENT = "TARN_PARENT";

    @Override
    public void run(Runnable whenReady) {
        if (ParentWatch.STDIN.equals(services.settings().variables().get(PARENT))) {
            ParentWatch.begin();
        }
        Map<String, List<Integer>> ports = new TreeMap<>();
        Map<String, String> routes = new TreeMap<>();
        for (Service service : services.settings().catalogue().services()) {
            List<Integer> own = ports(service);
            ports.put(service.name(), own);
            if (!isGateway(service)) {
                routes.put("tarn.route." + service.name(), addresses(own));
            }
        }
        List<List<ServiceProcess>> all = services.settings().catalogue().services().stream()
                .map(service -> processes(service, Objects.requireNonNull(ports.get(service.name())), routes))
                .toList();
        try {
            all.forEach(processes -> processes.forEach(ServiceProcess::start));
            all.forEach(processes -> processes.forEach(ServiceProcess::awaitReady));
            if (!shutdown.isRequested()) {
                whenReady.run();
            }
            shutdown.await();
        } finally {
            all.reversed().forEach(Split::close);
            started.clear();
        }
    }

    private static void close(List<ServiceProcess> processes) {
        processes.forEach(ServiceProcess::end);
        processes.forEach(ServiceProcess::close);
    }

    private static boolean isGateway(Service service) {
        return service.name().equals(ServiceSettings.GATEWAY);
    }

    private List<Integer> ports(Service service) {
        return isGateway(service)
                ? services.settings().gatewayPorts()
                : Stream.generate(Ports::claimAny)
                        .limit(services.settings().replicas())
                        .toList();
    }

    private static String addresses(List<Integer> ports) {
        return ports.stream().map(port -> "http://127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    private List<ServiceProcess> processes(Service service, List<Integer> ports, Map<String, String> routes) {
        List<ServiceProcess> processes = new ArrayList<>();
        for (int port : ports) {
            int number = processes.size() + 1;
            Map<String, String> settings = services.here(service);
            if (number > 1) {
                settings.remove(ServiceSettings.MANAGEMENT_PORT);
            }
            String name = number == 1 ? service.name() : service.name() + '-' + number;
            processes.add(process(service, name, port, settings, routes));
        }
        return processes;
    }

    /// @param name unique among all processes
    /// @param routes addresses of the services it may call
    private ServiceProcess process(
            Service service, String name, int port, Map<String, String> settings, Map<String, String> routes) {
        Map<String, String> all = new TreeMap<>(settings);
        all.putAll(routes);
        String host = all.computeIfAbsent("tarn.host", _ -> "127.0.0.1");
        all.put(ServiceSettings.PORT, Integer.toString(port));
        all.putIfAbsent(ServiceSettings.MANAGEMENT_PORT, Integer.toString(Ports.claimAny()));
        return new ServiceProcess(
                name,
                apps().resolve("jvm.options"),
                program(service.name()),
                Settings.reachable(host, port),
                environment(services.settings().variables(), all),
                services.settings().home(),
                started,
                shutdown);
    }

    /// The environment of a service: the operator's variables without secrets, and its own
    /// settings.
    static Map<String, String> environment(Map<String, String> operators, Map<String, String> own) {
        Map<String, String> environment = new TreeMap<>();
        operators.forEach((name, value) -> {
            if (!isSecret(name)) {
                environment.put(name, value);
            }
        });
        own.forEach((key, value) -> environment.put(ServiceSettings.variable(key), value));
        environment.put(PARENT, ParentWatch.STDIN);
        return environment;
    }

    private static boolean isSecret(String variable) {
        return variable.equals("TARN_SECRET")
                || variable.equals("TARN_DATABASE_URL")
                || variable.equals("TARN_REDIS_URL")
                || variable.equals("TARN_SETUP_TOKEN")
                || variable.endsWith("_KEY")
                || variable.endsWith("_PASSWORD");
    }

    private static Path program(String service) {
        Path program = apps().resolve(service).resolve("target/quarkus-app/quarkus-run.jar");
        if (!Files.isRegularFile(program)) {
            throw new CannotStart(program + " is not there: build it with ./tarn up --split");
        }
        return program;
    }

    /// The folder of the services' programs, from `tarn.apps`.
    private static Path apps() {
        String apps = System.getProperty("tarn.apps");
        if (apps == null) {
            throw new CannotStart("Where the services' programs are is not known: start with ./tarn up --split");
        }
        return Path.of(apps);
    }
}
