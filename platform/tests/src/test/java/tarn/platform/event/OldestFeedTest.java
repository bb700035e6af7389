package tarn.platform.event;

import java.sql.SQLException;
import org.junit.jupiter.api.Tag;

/// The tests of the feed on PostgreSQL 15; aborted where it is not installed.
@Tag("long")
final class OldestFeedTest extends FeedTest {

    @Override
    FeedWorld world(String name) throws SQLException {
        return FeedWorld.onOldestPostgres(name);
    }
}
