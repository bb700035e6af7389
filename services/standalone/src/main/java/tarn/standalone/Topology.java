package tarn.standalone;

/// How the services are divided into processes: all in one, or each in one to four of its own.
sealed interface Topology permits OneProcess, Split {

    /// Runs the services until this process is told to end, and stops them.
    ///
    /// @param whenReady called once, when all are ready
    /// @throws CannotStart when a service does not start
    void run(Runnable whenReady);
}
