package tarn.standalone;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tarn.platform.Secret;

/// Opens and locks the data folder, holds the root secret and writes files atomically. The lock is
/// of the operating system and ends with the process.
///
/// | in it | |
/// |---|---|
/// | `lock` | held while Tarn runs; names the process |
/// | `secret` | the root secret of every password and key |
/// | `postgres/` | the embedded database with its log |
/// | `postgresql-<version>/` | the embedded database's programs |
/// | `processes` | the service processes of the split topology |
final class DataFolder implements AutoCloseable {

    /// Bytes for the programs and an empty database.
    private static final long MIN_FREE_NEW = 200L << 20;

    /// Bytes for two segments of PostgreSQL's write-ahead log.
    private static final long MIN_FREE_USED = 32L << 20;

    private static final long MAX_SECRET_BYTES = 4096;

    private static final Set<PosixFilePermission> OF_OTHERS = PosixFilePermissions.fromString("---rwxrwx");

    private final Path folder;
    private final FileChannel lockFile;

    private DataFolder(Path folder, FileChannel lockFile) {
        this.folder = folder;
        this.lockFile = lockFile;
    }

    /// Creates the folder if necessary and locks it for this process.
    ///
    /// @throws CannotStart when it is not writable or locked by another process
    static DataFolder open(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            DataFolder home = new DataFolder(folder, lock(folder));
            home.requireSpace();
            return home;
        } catch (IOException failure) {
            throw CannotStart.because(failure, folder);
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        Path file = folder.resolve("lock");
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            lock = null;
        }
        if (lock == null) {
            String process = Files.readString(file).strip();
            channel.close();
            throw new CannotStart(
                    "Tarn already runs on " + folder + (process.isEmpty() ? "." : " (process " + process + ")."));
        }
        channel.truncate(0);
        channel.write(bytes(Long.toString(ProcessHandle.current().pid())));
        return channel;
    }

    private void requireSpace() throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        long needed = isUsed() ? MIN_FREE_USED : MIN_FREE_NEW;
        if (free < needed) {
            throw new CannotStart("The disk is almost full: " + (free >> 20) + " MB are free at " + folder
                    + ", Tarn needs " + (needed >> 20) + " MB.");
        }
    }

    Path folder() {
        return folder;
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    /// Whether it contains a database.
    private boolean isUsed() {
        return Files.exists(folder.resolve("postgres"));
    }

    /// The installation's root secret, created in a new folder.
    ///
    /// @throws CannotStart when it is missing beside existing data, empty, not text, or readable by
    /// other users
    Secret secret() {
        Path file = path("secret");
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            if (isUsed()) {
                throw new CannotStart(file + " is missing, and the data in " + folder + " cannot be used without it: "
                        + "put it back from a backup, or set TARN_SECRET to what it held.");
            }
            byte[] random = new byte[32];
            new SecureRandom().nextBytes(random);
            String text = HexFormat.of().formatHex(random);
            write("secret", text);
            return new Secret(text);
        }
        return new Secret(requireSecret(file));
    }

    /// The root secret of a folder that another process may have locked.
    ///
    /// @throws CannotStart when there is none
    static Secret secretIn(Path folder) {
        Path file = folder.resolve("secret");
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new CannotStart("There is no secret in " + folder + ": start Tarn there once, or set TARN_SECRET.");
        }
        return new Secret(requireSecret(file));
    }

    private static String requireSecret(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new CannotStart(file + " is not a file: put back the secret from a backup.");
            }
            if (Files.size(file) > MAX_SECRET_BYTES) {
                throw new CannotStart(file + " is too large for a secret: put it back from a backup.");
            }
            if (Files.getPosixFilePermissions(file).stream().anyMatch(OF_OTHERS::contains)) {
                throw new CannotStart("Other users may read or write " + file + ": run chmod 600 " + file
                        + ", and when someone else may have read it, start with a new folder.");
            }
            String text = Files.readString(file).strip();
            if (text.isEmpty()) {
                throw new CannotStart(
                        file + " is empty: put it back from a backup, or set TARN_SECRET to what it held.");
            }
            if (text.chars().anyMatch(Character::isISOControl)) {
                throw new CannotStart(file + " is not one line of text: put it back from a backup.");
            }
            return text;
        } catch (CharacterCodingException binary) {
            throw new CannotStart(file + " is not one line of text: put it back from a backup.", binary);
        } catch (IOException failure) {
            throw CannotStart.because(failure, file);
        }
    }

    /// The text of a file in the folder; null when absent.
    @Nullable
    String read(String name) {
        try {
            return Files.readString(path(name));
        } catch (NoSuchFileException absent) {
            return null;
        } catch (IOException failure) {
            throw CannotStart.because(failure, path(name));
        }
    }

    /// Atomically and durably writes a file that only this user may read.
    void write(String name, String text) {
        Path target = path(name);
        Path draft = path(name + ".new");
        try {
            Files.deleteIfExists(draft);
            Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try (FileChannel channel = FileChannel.open(
                    draft,
                    options,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                channel.write(bytes(text + '\n'));
                channel.force(true);
            }
            move(draft, target);
        } catch (IOException failure) {
            throw CannotStart.because(failure, target);
        }
    }

    /// Durably renames a finished file or folder.
    void move(Path draft, Path target) throws IOException {
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Unlocks the folder.
    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException failure) {
            throw CannotStart.because(failure, folder);
        }
    }
}
