package tarn.standalone;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The operating system's user that PostgreSQL runs as, since it refuses to run as root.
///
/// @param user its number, which owns PostgreSQL's files
/// @param prefix the command that switches to it
record OsUser(int user, List<String> prefix) {

    private static final int ROOT = 0;

    /// The user every Unix keeps for nobody in particular.
    private static final int NOBODY = 65_534;

    /// In a user namespace of its own, where root has another number and no rights.
    private static final List<String> NAMESPACE = List.of("unshare", "--user");

    /// As nobody, who may yet walk into folders that are only root's. Without the last setting the
    /// kernel would forget that right each time a program asks whether it may open a file.
    private static final List<String> AS_NOBODY = List.of(
            "setpriv",
            "--reuid=" + NOBODY,
            "--regid=" + NOBODY,
            "--clear-groups",
            "--inh-caps=-all,+dac_override",
            "--ambient-caps=-all,+dac_override",
            "--bounding-set=-all,+dac_override",
            "--securebits=+no_setuid_fixup");

    /// The account for a data folder that may not be there yet.
    ///
    /// @throws CannotStart when it belongs to someone else, or this machine leaves no way
    static OsUser forFolder(Path data) {
        try {
            int self = self();
            int present = Files.isDirectory(data) ? owner(data) : self;
            if (self != ROOT) {
                if (present != self) {
                    throw belongsToAnother(data);
                }
                return new OsUser(self, List.of());
            }
            if (present != ROOT && present != NOBODY) {
                throw belongsToAnother(data);
            }
            if (works(NAMESPACE)) {
                return new OsUser(ROOT, NAMESPACE);
            }
            if (works(AS_NOBODY)) {
                return new OsUser(NOBODY, AS_NOBODY);
            }
            throw new CannotStart(
                    "PostgreSQL will not run as root, and the programs unshare and setpriv are missing or "
                            + "not allowed here: install util-linux, start Tarn as another user, or name your own "
                            + "PostgreSQL with TARN_DATABASE_URL.");
        } catch (IOException failure) {
            throw CannotStart.because(failure, data);
        }
    }

    /// Makes a folder this account's own.
    void own(Path folder) throws IOException {
        if (Files.isDirectory(folder) && owner(folder) != user) {
            Folders.give(folder, user);
        }
    }

    /// A command as this account.
    List<String> command(List<String> command) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(command);
        return all;
    }

    private static int self() {
        return Math.toIntExact(new UnixSystem().getUid());
    }

    private static int owner(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    private static CannotStart belongsToAnother(Path data) throws IOException {
        return new CannotStart(
                data + " belongs to the user " + Files.getOwner(data).getName()
                        + ": start Tarn as that user, or choose another folder with TARN_HOME.");
    }

    private static boolean works(List<String> prefix) {
        List<String> command = new ArrayList<>(prefix);
        command.add("true");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
