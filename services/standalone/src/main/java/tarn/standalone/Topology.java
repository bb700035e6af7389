package tarn.standalone;

/// How the services run.
sealed interface Topology permits OneProcess, Split {

    /// Runs them until this process is to end; afterwards none of them does.
    ///
    /// @param whenReady called once, when all of them answer
    /// @throws CannotStart when one of them does not come up
    void run(Runnable whenReady);
}
