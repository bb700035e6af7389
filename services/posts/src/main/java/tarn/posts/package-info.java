/// What users write to each other: posts on projects, comments on tasks, and replies to both.
///
/// Start reading at [tarn.posts.Post] and [tarn.posts.Posts]. Who may read and write where is asked of
/// the tasks service ([tarn.posts.AccessLookup]); what Markdown becomes is in [tarn.posts.Markdown].
@NullMarked
package tarn.posts;

import org.jspecify.annotations.NullMarked;
