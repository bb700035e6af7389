package tarn.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/// A training run for the JVM's AOT cache (`-XX:AOTCacheOutput`), which speeds up later starts: the
/// launcher runs it after a build, on a data folder of its own. It sends typical requests and exits.
record AotTrainingRun(Settings settings) implements Runnable {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public void run() {
        Thread.ofPlatform().name("aot-training").start(this::train);
    }

    private void train() {
        try (HttpClient http = HttpClient.newHttpClient()) {
            sendRequests(new Client(http, "http://127.0.0.1:" + settings.port()));
            Console.exit(0);
        } catch (IOException failure) {
            Console.say("The training run failed: " + failure);
            Console.exit(1);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void sendRequests(Client nobody) throws IOException, InterruptedException {
        for (String path : List.of("/health/ready", "/", "/openapi.yaml")) {
            nobody.ask("GET", path, "");
        }
        String password = "granite lake 42 northwind";
        nobody.json("POST", "/api/users", """
                {"name": "Ada", "email": "ada@example.test", "password": "%s"}""".formatted(password));
        String token = nobody.json("POST", "/api/sessions", """
                        {"email": "ada@example.test", "password": "%s", "grant": "token"}""".formatted(password))
                .path("accessToken")
                .asText();
        Client ada = new Client(nobody.http(), nobody.address(), token);
        String project = ada.json("POST", "/api/projects", """
                {"name": "AotTrainingRun"}""").path("id").asText();
        String task = "/api/tasks/"
                + ada.json("POST", "/api/tasks", """
                                {"projectId": "%s", "title": "Something to be done"}""".formatted(project))
                        .path("id")
                        .asText();
        ada.ask("PATCH", task, """
                {"description": "Said in a *sentence*."}""");
        ada.ask("GET", task, "");
        ada.ask("GET", "/api/tasks?limit=20&project=" + project, "");
        ada.ask("PUT", task + "/completion", "");
    }

    private record Client(HttpClient http, String address, String token) {

        Client(HttpClient http, String address) {
            this(http, address, "");
        }

        JsonNode json(String method, String path, String body) throws IOException, InterruptedException {
            return JSON.readTree(ask(method, path, body));
        }

        String ask(String method, String path, String body) throws IOException, InterruptedException {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                    .header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(body));
            if (!token.isEmpty()) {
                request.header("Authorization", "Bearer " + token);
            }
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 400) {
                throw new IOException(method + ' ' + path + " answered " + answer.statusCode());
            }
            return answer.body();
        }
    }
}
