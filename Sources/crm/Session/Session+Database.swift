import CLIKit
import CRMKit
import Localization

/// The ways in which a command uses the database.
enum DatabaseAccess {
    /// The command only reads.
    case reading
    /// The command writes. One that can write into an empty database, and so takes the option that asks for a new one,
    /// creates a missing database if its path is the default one or that option is given.
    case writing
    /// The command creates the database.
    case creating
}

extension Session {
    /// Opens the database named by the command line or the environment, or the default one.
    func openStore(for access: DatabaseAccess) throws -> Store {
        if let line {
            tellRedirections(of: line.store)
            return line.store
        }
        let location = try databaseLocation()
        let creates = access == .creating || access == .writing && makes(location)
        if creates, isDryRun, FileStatus.size(location.path) ?? 0 == 0 { return try passingStore(at: location) }
        if creates, location.isDefault { try Folders.make(for: location.path) }
        let wasHeld = interruption.isHeld
        // An empty file that was there is the user's.
        let isTheirs = creates && FileStatus.exists(location.path)
        let store = try store(at: location, for: access == .reading ? .reading : .writing(creating: creates))
        tellRedirections(of: store)
        try report(store.opening.notes(of: store.path))
        switch store.opening {
        case .created where access != .creating:
            if let made = store.madeDatabase { try follow(made, at: store.path, isTheirs: isTheirs) }
        case .upgraded:
            // The upgrade is saved and reported; the command itself may be interrupted.
            if !wasHeld { try interruption.resume() }
        case .created, .found, .tried: break
        }
        return store
    }

    /// Opens the database to write values derived from its contents, without waiting for other writers.
    ///
    /// - Throws: ``CRMError`` `busy` if another process is writing to it.
    func openStoreAtOnce() throws(CRMError) -> Store {
        try Store.open(
            path: try databaseLocation().path,
            purpose: .writing(creating: false),
            timeout: 0,
            modules: modules,
            steps: MigrationStep.exchange,
            allowsForeignSchema: invocation[GlobalOptions.allowForeignSchema],
            clock: try clock()
        )
    }

    private func store(at location: DatabaseLocation, for purpose: Store.Purpose) throws -> Store {
        let (timeout, clock) = (try timeout(), try clock())
        try StandardStreams.refuse(database: location.path)
        HeapReservation.make()
        do throws(CRMError) {
            let store = try Store.open(
                path: location.path,
                purpose: purpose,
                timeout: timeout,
                modules: modules,
                opened: opened,
                steps: MigrationStep.exchange,
                isTrial: isDryRun,
                allowsForeignSchema: invocation[GlobalOptions.allowForeignSchema],
                stop: interruption,
                clock: clock
            )
            store.user = user
            store.committed = { [weak self] in self?.savedChangeSet = $0 }
            self.store = store
            return store
        } catch {
            if error.isOutdatedReading { throw try toldOfUpgrade(error) }
            let misread = Self.hint(atMisread: location.path)
            if error.code == .inputOutput, var failure = CRMError.missingFolder(of: location.path) {
                failure.hint = misread ?? failure.hint
                throw failure
            }
            let isEmpty = FileStatus.size(location.path) ?? 0 == 0
            guard isEmpty, error.hint != nil, !location.isDefault else { throw error }
            var error = error
            if let misread {
                error.hint = misread
                throw error
            }
            let folder = CRMError.missingFolder(of: location.path)
            error.hint = folder.map { Self.hint($0, then: waysToMake(location.path)) } ?? waysToMake(location.path)
            throw error
        }
    }

    /// Reports to the user what the error that the definitions have changed tells of an upgrade of the file, since the
    /// command may run again, and then finds the file upgraded.
    ///
    /// - Returns: the error without that.
    private func toldOfUpgrade(_ error: CRMError) throws -> CRMError {
        try report(error.details)
        var error = error
        error.details = []
        return error
    }

    /// Returns advice about a path that another program would read: one from the home folder, which the shell only
    /// opens where it is in no quotes, and an address; `nil` for any other path.
    private static func hint(atMisread path: String) -> Text? {
        if path.hasPrefix("~/") {
            let home = "\"$HOME\(path.dropFirst())\""
            return Text(
                en: "the shell leaves ~ as it is in quotes and behind =: write \(home)",
                es: "el shell deja ~ como está entre comillas y tras =: escribir \(home)"
            )
        }
        guard let colon = path.firstIndex(of: ":") else { return nil }
        let (scheme, rest) = (path[..<colon].lowercased(), path[path.index(after: colon)...])
        guard rest.hasPrefix("//") || ["sqlite", "sqlite3", "file"].contains(scheme) else { return nil }
        return Text(
            en: "the path of a file is wanted, and no address",
            es: "se espera la ruta de un archivo, no una dirección"
        )
    }

    /// Returns advice to create the missing folder of a file, then the file.
    private static func hint(_ folder: CRMError, then file: Text) -> Text {
        let first = folder.hint ?? folder.message
        return Text(
            en: "its folder is missing too: \(first.en); then \(file.en)",
            es: "tampoco existe su carpeta: \(first.es); después \(file.es)"
        )
    }

    /// Returns advice about a named file that is missing or empty.
    private func waysToMake(_ path: String) -> Text {
        let command = CommandLineText(program: program, words: [GlobalOptions.database.spelling, path, "init"]).text
        let option = WritingOptions.create.spelling
        return Text(
            en: "make it with: \(command)" + (takesCreate ? ", or add \(option)" : ""),
            es: "crearla con: \(command)" + (takesCreate ? ", o agregar \(option)" : "")
        )
    }

    /// Returns a temporary database, for the dry run of a command that would create the file.
    ///
    /// - Throws: ``CRMError`` `inputOutput` if the file could not be created.
    private func passingStore(at location: DatabaseLocation) throws -> Store {
        try Folders.checkWritable(for: location.path, areMade: location.isDefault)
        return try Store.temporary(inPlaceOf: location.path, registry: registry, clock: try clock())
    }

    /// Whether the command can write into an empty database.
    private var takesCreate: Bool {
        invocation.leaf.options.contains { $0.long == WritingOptions.create.option.long }
    }

    /// Returns whether a command that writes creates a missing database at a location.
    private func makes(_ location: DatabaseLocation) -> Bool {
        takesCreate && (location.isDefault || invocation[WritingOptions.create])
    }

    /// Opens a database for questions to the user: the existing one for reading, or a temporary one if the command will
    /// create the file.
    func openStoreToAsk() throws -> Store { try storeInPlaceOfMissing() ?? openStore(for: .reading) }

    /// Returns a temporary database in which to try writes to one that the command will create; `nil` if the database
    /// exists already, or will not be created.
    func storeInPlaceOfMissing() throws -> Store? {
        if line != nil { return nil }
        let location = try databaseLocation()
        guard makes(location), !FileStatus.exists(location.path) else { return nil }
        return try Store.temporary(inPlaceOf: location.path, registry: registry, clock: try clock())
    }

    /// Returns the location of the command's database.
    func databaseLocation() throws(CRMError) -> DatabaseLocation {
        try DatabaseLocation(option: invocation[GlobalOptions.database], environment: environment)
    }

    /// Returns the time to wait for another process, in milliseconds.
    func timeout() throws -> Int32 {
        if let seconds = try invocation[GlobalOptions.timeout] { return seconds * 1000 }
        guard let text = environment.nonEmpty("CRM_TIMEOUT") else { return Timeout.standard * 1000 }
        do {
            return try Timeout.seconds(text) * 1000
        } catch {
            throw CRMError(.configuration, error.message(option: "CRM_TIMEOUT", value: text), hint: error.hint)
        }
    }
}
