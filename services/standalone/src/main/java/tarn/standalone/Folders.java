package tarn.standalone;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// What is done to a folder and all that is in it.
final class Folders {

    private Folders() {}

    /// Deletes it, when it is there.
    static void delete(Path folder) throws IOException {
        bottomUp(folder, Files::delete);
    }

    /// Gives it to a user, the folder itself last: whoever finds that owner finds it everywhere below.
    static void give(Path folder, int user) throws IOException {
        bottomUp(folder, path -> Files.setAttribute(path, "unix:uid", user, LinkOption.NOFOLLOW_LINKS));
    }

    private interface Change {
        void apply(Path path) throws IOException;
    }

    private static void bottomUp(Path folder, Change change) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                change.apply(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                change.apply(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
