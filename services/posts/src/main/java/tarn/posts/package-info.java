/// Posts on projects, comments on tasks, and replies to both.
///
/// Start reading at [tarn.posts.Post] and [tarn.posts.Posts]. Access rights come from the tasks
/// service ([tarn.posts.AccessLookup]); [tarn.posts.Markdown] renders the texts.
@NullMarked
package tarn.posts;

import org.jspecify.annotations.NullMarked;
