package tarn.standalone;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The operating system user that runs PostgreSQL, which refuses to run as root.
///
/// @param user its uid, which owns PostgreSQL's files
/// @param prefix command that switches to the user; empty for the current one
record PostgresUser(int user, List<String> prefix) {

    private static final int ROOT = 0;

    /// The uid of `nobody`.
    private static final int NOBODY = 65_534;

    /// Runs a command in a user namespace, where root has another uid and no rights.
    private static final List<String> NAMESPACE = List.of("unshare", "--user");

    /// Runs a command as `nobody` with the capability to traverse root's folders; without the last
    /// option the kernel would drop it in access checks.
    private static final List<String> AS_NOBODY = List.of(
            "setpriv",
            "--reuid=" + NOBODY,
            "--regid=" + NOBODY,
            "--clear-groups",
            "--inh-caps=-all,+dac_override",
            "--ambient-caps=-all,+dac_override",
            "--bounding-set=-all,+dac_override",
            "--securebits=+no_setuid_fixup");

    /// The user for a data folder, existing or not.
    ///
    /// @throws CannotStart when the folder belongs to another user, or this machine offers no way
    /// to switch users
    static PostgresUser forFolder(Path data) {
        try {
            int self = self();
            int present = Files.isDirectory(data) ? owner(data) : self;
            if (self != ROOT) {
                if (present != self) {
                    throw belongsToAnother(data);
                }
                return new PostgresUser(self, List.of());
            }
            if (present != ROOT && present != NOBODY) {
                throw belongsToAnother(data);
            }
            if (works(NAMESPACE)) {
                return new PostgresUser(ROOT, NAMESPACE);
            }
            if (works(AS_NOBODY)) {
                return new PostgresUser(NOBODY, AS_NOBODY);
            }
            throw new CannotStart(
                    "PostgreSQL will not run as root, and the programs unshare and setpriv are missing or "
                            + "not allowed here: install util-linux, start Tarn as another user, or name your own "
                            + "PostgreSQL with TARN_DATABASE_URL.");
        } catch (IOException failure) {
            throw CannotStart.because(failure, data);
        }
    }

    /// Makes this user the owner of a folder.
    void own(Path folder) throws IOException {
        if (Files.isDirectory(folder) && owner(folder) != user) {
            FileTree.changeOwner(folder, user);
        }
    }

    /// A command that runs as this user.
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
