package tarn.standalone;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tarn.catalogue.Catalogue;
import tarn.platform.Secret;
import tarn.platform.database.DatabaseUrl;

/// The operator's settings, from the command line, the environment and the file `tarn.env` of the
/// data folder, validated before anything is started.
///
/// @param home the data folder
/// @param host to listen on
/// @param port of the gateway
/// @param managementPort for metrics; null for any free port
/// @param publicUrl how users reach the installation
/// @param secret null for the one in the data folder
/// @param database null for the embedded one
/// @param catalogue the services that are not excluded
/// @param split whether each service gets a process of its own
/// @param replicas processes of each service; the gateways listen on `port` and the ones after it
/// @param aotTraining whether this is an AOT training run
/// @param variables everything set, by variable
record Settings(
        Path home,
        String host,
        int port,
        @Nullable Integer managementPort,
        URI publicUrl,
        @Nullable Secret secret,
        @Nullable DatabaseUrl database,
        Catalogue catalogue,
        boolean split,
        int replicas,
        boolean aotTraining,
        Map<String, String> variables) {

    private static final String SPLIT = "--split";
    private static final String REPLICAS = "--replicas";
    private static final String PORT_OPTION = "--port";
    private static final Set<String> WITH_NUMBER = Set.of(PORT_OPTION, REPLICAS);
    private static final String AOT_TRAINING = "--aot-training";
    private static final int MAX_REPLICAS = 4;
    private static final String PREFIX = "TARN_";
    private static final String MANAGEMENT_PORT = "TARN_MANAGEMENT_PORT";
    private static final String PORT = "TARN_PORT";
    private static final int SECRET_LENGTH = 32;

    /// @param arguments after `./tarn up`
    /// @param environment of the process; it overrides the file `tarn.env` in the data folder
    /// @throws CannotStart when a value is invalid
    static Settings read(List<String> arguments, Map<String, String> environment) {
        Path home = home(environment);
        Map<String, String> variables = new TreeMap<>(file(home.resolve("tarn.env")));
        environment.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !value.isBlank()) {
                variables.put(name, value.strip());
            }
        });
        Map<String, String> values = new TreeMap<>();
        Set<String> options = readOptions(arguments, values);
        if (values.containsKey(PORT_OPTION)) {
            variables.put(PORT, values.get(PORT_OPTION));
        }
        int port = options.contains(AOT_TRAINING) ? Ports.claimAny() : port(variables, PORT, 8080);
        String host = variables.getOrDefault("TARN_HOST", "127.0.0.1");
        int replicas = replicas(values.get(REPLICAS), options.contains(SPLIT));
        if (port + replicas - 1 > 65_535) {
            throw new CannotStart("There are no " + replicas + " ports from " + port + " on for the gateways.");
        }
        SettingsChecks.require(variables);
        return new Settings(
                home,
                host,
                port,
                variables.containsKey(MANAGEMENT_PORT) ? port(variables, MANAGEMENT_PORT, 0) : null,
                publicUrl(variables, host, port),
                secret(variables),
                database(variables),
                catalogue(variables),
                options.contains(SPLIT),
                replicas,
                options.contains(AOT_TRAINING),
                Map.copyOf(variables));
    }

    /// Whether it listens on loopback only.
    boolean onlyThisMachine() {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1") || host.equals("[::1]");
    }

    /// The port of each gateway.
    List<Integer> gatewayPorts() {
        return IntStream.range(port, port + replicas).boxed().toList();
    }

    /// The gateway's URL from this machine.
    URI here() {
        return reachable(host, port);
    }

    /// The URL from this machine of a server that listens on `host`; loopback when it listens on
    /// all addresses.
    static URI reachable(String host, int port) {
        String name = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
        return URI.create("http://" + (name.contains(":") ? '[' + name + ']' : name) + ':' + port);
    }

    private static Map<String, String> file(Path file) {
        Map<String, String> variables = new TreeMap<>();
        if (Files.isRegularFile(file)) {
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException unreadable) {
                throw new CannotStart(file + " cannot be read: write lines like TARN_PORT=8080", unreadable);
            }
            for (String name : properties.stringPropertyNames()) {
                String value = properties.getProperty(name).strip();
                if (name.startsWith(PREFIX) && !value.isEmpty()) {
                    variables.put(name, value);
                }
            }
        }
        return variables;
    }

    /// @param values gets those of options that have one, such as `--port 80` or `--port=80`
    private static Set<String> readOptions(List<String> arguments, Map<String, String> values) {
        Set<String> options = new HashSet<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            String option = argument.split("=", 2)[0];
            if (argument.equals(SPLIT) || argument.equals(AOT_TRAINING)) {
                options.add(argument);
            } else if (!WITH_NUMBER.contains(option)) {
                throw CannotStart.usage("Unknown option: " + argument + '.');
            } else if (argument.contains("=")) {
                values.put(option, argument.substring(option.length() + 1));
            } else if (i + 1 < arguments.size()) {
                i++;
                values.put(option, arguments.get(i));
            } else {
                throw CannotStart.usage(option + " needs a number.");
            }
        }
        return options;
    }

    private static int replicas(@Nullable String text, boolean split) {
        if (text == null) {
            return 1;
        }
        if (!text.matches("[1-9]") || Integer.parseInt(text) > MAX_REPLICAS) {
            throw CannotStart.usage("--replicas needs a number from 1 to " + MAX_REPLICAS + ": " + text + '.');
        }
        if (!split && !text.equals("1")) {
            throw CannotStart.usage("--replicas is for services that run apart: add --split.");
        }
        return Integer.parseInt(text);
    }

    private static Path home(Map<String, String> environment) {
        String chosen = environment.getOrDefault("TARN_HOME", "");
        String user = environment.getOrDefault("HOME", "");
        if (chosen.isBlank() && user.isBlank()) {
            throw new CannotStart("There is no home folder (HOME is not set): name a data folder with TARN_HOME.");
        }
        Path home = chosen.isBlank() ? Path.of(user, ".tarn") : Path.of(chosen);
        return home.toAbsolutePath().normalize();
    }

    private static int port(Map<String, String> variables, String name, int otherwise) {
        String text = variables.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException notEvenANumber) {
            // Said below, as for a number out of range.
        }
        throw new CannotStart(name + " is not a port between 1 and 65535: " + text);
    }

    private static URI publicUrl(Map<String, String> variables, String host, int port) {
        String text = variables.get("TARN_PUBLIC_URL");
        if (text == null) {
            boolean everywhere = host.equals("0.0.0.0") || host.equals("::") || host.equals("127.0.0.1");
            String name = everywhere ? "localhost" : host;
            return URI.create("http://" + (name.contains(":") ? '[' + name + ']' : name) + ':' + port);
        }
        try {
            URI url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (http && url.getHost() != null && url.getPath().isEmpty() && url.getQuery() == null) {
                return url;
            }
        } catch (IllegalArgumentException malformed) {
            // Said below, as for an address that is something else.
        }
        throw new CannotStart("TARN_PUBLIC_URL is not an address like https://tarn.example.org: " + text);
    }

    private static @Nullable Secret secret(Map<String, String> variables) {
        String text = variables.get("TARN_SECRET");
        if (text == null) {
            return null;
        }
        if (text.length() < SECRET_LENGTH) {
            throw new CannotStart("TARN_SECRET is too short: it needs " + SECRET_LENGTH + " characters or more.");
        }
        return new Secret(text);
    }

    private static @Nullable DatabaseUrl database(Map<String, String> variables) {
        String text = variables.get("TARN_DATABASE_URL");
        try {
            return text == null ? null : DatabaseUrl.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw new CannotStart(String.valueOf(malformed.getMessage()), malformed);
        }
    }

    private static Catalogue catalogue(Map<String, String> variables) {
        try {
            return Catalogue.ALL.without(variables.getOrDefault("TARN_WITHOUT", ""));
        } catch (IllegalArgumentException refused) {
            throw new CannotStart("TARN_WITHOUT: " + refused.getMessage(), refused);
        }
    }
}
