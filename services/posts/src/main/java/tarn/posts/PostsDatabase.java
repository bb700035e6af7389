package tarn.posts;

import jakarta.inject.Singleton;
import tarn.platform.database.DataSources;
import tarn.platform.database.OwnDatabase;

/// This service's part of the database.
@Singleton
final class PostsDatabase extends OwnDatabase {

    PostsDatabase(DataSources sources) {
        super(sources, "posts");
    }
}
