import Testing

/// A suite that imports tables into a database of its own.
protocol ImportingSuite {
    /// The program, with the database of the test.
    var crm: CRM { get }
}

extension ImportingSuite {
    /// Imports a table as records of a module.
    ///
    /// - Parameters:
    ///   - table: the header and the rows.
    ///   - noun: the module, as commands name it.
    ///   - options: what stands behind the file on the command line.
    ///   - file: the name of the file, which may say its format.
    func importing(
        _ table: String,
        as noun: String = "contact",
        _ options: String...,
        in file: String = "in.csv"
    ) throws -> CRM.Result {
        try crm.write(table, to: file)
        return try crm.run([noun, "import", file] + options)
    }

    /// What each column of a header is taken for: a field, or `-`.
    func mapping(_ header: String, as noun: String) throws -> [String] {
        try crm.write(header + "\n", to: "in.csv")
        let lines = try crm.succeed(noun, "import", "in.csv", "--show-mapping").output.split(separator: "\n")
        return lines.map { line in line.split(separator: "\t").last.map(String.init) ?? "" }
    }
}
