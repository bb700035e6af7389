package tarn.worker;

import java.util.Map;

/// A recurring job of the timetable: when it runs and what it does.
///
/// @param name kebab-case, unique
/// @param schedule when it runs
/// @param description what it does, one sentence for administrators
/// @param action the code of one run
record RecurringJob(String name, JobSchedule schedule, String description, Action action) {

    /// Does the job.
    @FunctionalInterface
    interface Action {

        /// @param run number of the run, which the owners of the rows check
        /// @param counts gets rows by what was done to them, also of a run that then fails
        void run(long run, Map<String, Integer> counts);
    }
}
