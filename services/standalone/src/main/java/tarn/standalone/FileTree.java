package tarn.standalone;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// Recursive operations on folders: delete, and change of owner.
final class FileTree {

    private FileTree() {}

    /// Deletes a folder if it exists.
    static void delete(Path folder) throws IOException {
        bottomUp(folder, Files::delete);
    }

    /// Changes the owner of a folder and its content; the folder itself last, so that its owner
    /// shows that all is done.
    static void changeOwner(Path folder, int user) throws IOException {
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
