import SluiceBenchmark

// The engine alone: no file is opened while the clock runs, nothing is decided.
EngineBench.main()
