package tarn.standalone;

import java.util.Optional;

/// Where the operator reads: results on standard output, what went wrong on standard error. Logs go
/// there too, so that the output stays plain.
final class Console {

    private Console() {}

    /// Whether a user sits before it.
    static boolean isTerminal() {
        return Optional.ofNullable(System.console())
                .map(java.io.Console::isTerminal)
                .orElse(false);
    }

    static void show(String text) {
        System.out.println(text);
        System.out.flush();
    }

    /// One line about what happened.
    static void say(String line) {
        System.err.println("tarn: " + line);
        System.err.flush();
    }

    static void exit(int code) {
        System.exit(code);
    }
}
