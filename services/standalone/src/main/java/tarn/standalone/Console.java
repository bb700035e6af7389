package tarn.standalone;

import java.util.Optional;

/// The operator's terminal: results on standard output, messages and logs on standard error; and
/// the end of this process.
final class Console {

    private Console() {}

    /// Whether input and output are a terminal.
    static boolean isTerminal() {
        return Optional.ofNullable(System.console())
                .map(java.io.Console::isTerminal)
                .orElse(false);
    }

    static void show(String text) {
        System.out.println(text);
        System.out.flush();
    }

    /// Prints a message of one line.
    static void say(String line) {
        System.err.println("tarn: " + line);
        System.err.flush();
    }

    static void exit(int code) {
        System.exit(code);
    }
}
