/// Projects, the users in them, their sections and labels, and the tasks to be done.
///
/// Start reading at [tarn.tasks.Task] and [tarn.tasks.Tasks]; every other noun follows the same
/// pattern: the noun, its use cases, its store, its resource.
@NullMarked
package tarn.tasks;

import org.jspecify.annotations.NullMarked;
