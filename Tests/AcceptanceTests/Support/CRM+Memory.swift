import Testing

extension CRM {
    /// Runs a command and measures the most memory that it took at any time.
    ///
    /// - Parameter command: words for a shell, `crm` first. They stand behind those of the measuring program.
    /// - Returns: what the run left behind, and the memory in kilobytes (getrusage(2), `ru_maxrss`), which is the last
    ///   line of standard error too.
    func measuring(_ command: String) throws -> (result: Result, kilobytes: Int) {
        try write(Self.measure, to: "measure.py")
        let result = try shell("python3 measure.py \(command)")
        return (result, try #require(result.errorLines.last.flatMap { Int($0) }))
    }

    private static let measure = """
        import resource, subprocess, sys
        status = subprocess.call(sys.argv[1:])
        print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
        sys.exit(status)
        """
}
