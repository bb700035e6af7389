package tarn.testing.sample;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CountDownLatch;
import tarn.platform.problem.Refusal;

/// Work that would not end by itself.
@Path("/api/endless")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@PermitAll
public class DeadlineResource {

    private final Notes notes;

    DeadlineResource(Notes notes) {
        this.notes = notes;
    }

    @GET
    @Path("statement")
    public String statement() {
        notes.sleep();
        return "";
    }

    @GET
    @Path("wait")
    public String waiting() {
        waitForever();
        return "";
    }

    private static void waitForever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Refusal.Unavailable("Stopped.");
        }
    }
}
