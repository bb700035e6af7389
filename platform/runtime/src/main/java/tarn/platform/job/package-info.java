/// Jobs that a service does with its own data when the worker, or its own timer, says so.
///
/// Start reading at [tarn.platform.job.ServiceJobs].
@NullMarked
package tarn.platform.job;

import org.jspecify.annotations.NullMarked;
