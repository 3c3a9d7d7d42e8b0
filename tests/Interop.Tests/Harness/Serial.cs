// One test at a time: every test has its own gateway and peers, and 2 cores are all there is.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
