import Formats
import Localization
import SQLite

/// Links or unlinks every pair that an input names, in one transaction, all or nothing.
public struct LinkBatch {
    /// What to do with each pair.
    public enum Action: Sendable {
        /// Link it.
        case link(replacing: Bool)
        /// Delete its links, or end them on a date.
        case unlink(endedOn: String?)
    }

    /// The record that the command line names, so that rows need only the other side.
    public enum Fixed: Sendable {
        /// Rows name both sides.
        case neither
        /// The contact is given.
        case contact(Int64)
        /// The record of the other module is given.
        case record(Int64)
    }

    /// The counts of a batch.
    public struct Report: WholeInputReport {
        /// Rows read.
        public var rows = 0
        /// New links.
        public var linked = 0
        /// Links whose attributes changed.
        public var updated = 0
        /// Pairs that already had the requested link.
        public var alreadyLinked = 0
        /// Links of other contacts ended by a hand-over, or links deleted or ended.
        public var ended = 0
        /// Pairs that had no link to delete or end.
        public var notLinked = 0
        /// Rows refused.
        public var refused = 0
        /// Notices about skipped lines for the user.
        public var notices: [Text] = []

        /// Creates a report without counts.
        public init() {}

        /// Counts the outcome for a pair.
        mutating func count(_ outcome: LinkOutcome) {
            switch outcome {
            case .linked: linked += 1
            case .updated: updated += 1
            case .alreadyLinked: alreadyLinked += 1
            }
        }
    }

    let center: Module
    let module: Module
    let action: Action
    let fixed: Fixed
    let attributes: LinkAttributes
    let relation: Relation
    let ignoresUnknownColumns: Bool

    /// - Parameters:
    ///   - attributes: the attributes of every link whose row does not give others.
    ///   - ignoresUnknownColumns: whether unknown columns are skipped and reported to the user, instead of refused.
    /// - Throws: ``CRMError`` `usage` for a module without links.
    public init(
        _ module: Module,
        in registry: Registry,
        action: Action,
        fixed: Fixed,
        attributes: LinkAttributes,
        ignoresUnknownColumns: Bool = false
    ) throws(CRMError) {
        self.ignoresUnknownColumns = ignoresUnknownColumns
        relation = try Relation.required(of: module, in: registry)
        center = registry[registry.center]
        self.module = module
        self.action = action
        self.fixed = fixed
        self.attributes = attributes
    }

    /// Checks that a module has links.
    ///
    /// - Throws: ``CRMError`` `usage` that says how contacts are set instead.
    public static func check(_ module: Module, in registry: Registry) throws(CRMError) {
        _ = try Relation.required(of: module, in: registry)
    }

    /// Processes a whole input.
    ///
    /// - Parameters:
    ///   - dialect: the dialect of delimited text, when it is not the format's default.
    ///   - cells: the spelling of numbers and dates in cells.
    ///   - reject: called for each bad row as it is met.
    /// - Returns: the report; when any row was rejected, the caller must not commit.
    public func run(
        _ source: ByteSource,
        format: InputFormat,
        dialect: CSVDialect? = nil,
        cells: CellRules = CellRules(),
        in transaction: Transaction,
        reject: (RowProblem) -> Void
    ) throws -> Report {
        var pass = try LinkPass(self, cells: cells, hasHeader: format != .id, transaction: transaction)
        try pass.begin()
        let ids = if case .contact = fixed { module } else { center }
        let read = try InputRows.forEachRow(
            of: source,
            format: format,
            dialect: dialect,
            name: ids.name.rawValue,
            knowing: { $0.contains { column(called: $0, in: transaction.store.registry) != nil } },
            checkingHeader: { try pass.read($0, row: 0) },
            refuse: { try pass.refuse($0, reject: reject) },
            { try pass.take($0, reject: reject) }
        )
        try pass.finish(rows: read.count, notices: read.notices, reject: reject)
        return pass.report
    }

    /// Returns the meaning of a column of an input; `nil` when it is unknown.
    func column(called name: String, in registry: Registry) -> LinkColumn? {
        LinkColumn(header: name, relation: relation, center: center, module: module, registry: registry)
            ?? idColumn(name)
    }

    /// The meaning of the column `id`, as lists have it, where the record on the other side of the links is given.
    private func idColumn(_ name: String) -> LinkColumn? {
        guard name.lowercased() == "id" else { return nil }
        return switch fixed {
        case .neither: nil
        case .contact: .record(prefix: "id")
        case .record: .contact(prefix: "id")
        }
    }

    /// Processes chosen records of the other side, together where possible. Hand-overs are processed one by one, since
    /// one link begins when another ends.
    ///
    /// - Returns: the report; no record is rejected, the first bad one throws.
    public func run(with chosen: ChosenRecords, in transaction: Transaction) throws -> Report {
        if chosen.count > 0, let report = try runTogether(with: chosen, in: transaction) { return report }
        var pass = try LinkPass(self, transaction: transaction)
        try transaction.forEachID(in: ChosenRecords.table) { try take($0, in: &pass) }
        try pass.finishHandOver()
        return pass.report
    }

    /// Processes records of the other side named on the command line.
    ///
    /// - Returns: the report; no record is rejected, the first bad one throws.
    public func run(with ids: [Int64], in transaction: Transaction) throws -> Report {
        var pass = try LinkPass(self, transaction: transaction)
        for id in ids { try take(id, in: &pass) }
        try pass.finishHandOver()
        return pass.report
    }

    /// - Returns: `nil` if each pair must be handled individually; nothing has been done then.
    private func runTogether(with chosen: ChosenRecords, in transaction: Transaction) throws -> Report? {
        let links: BulkLink
        switch fixed {
        case .contact(let id): links = try BulkLink(relation, of: module, contact: id, in: transaction)
        case .record(let id): links = try BulkLink(relation, of: module, record: id, in: transaction)
        case .neither: return nil
        }
        var pass = try LinkPass(self, transaction: transaction)
        var report = Report()
        switch action {
        case .link(replacing: true): return nil
        case .link(replacing: false):
            let done = try links.link(attributes) { try take($0, in: &pass) }
            guard let done else { return nil }
            report = pass.report
            report.linked += done.linked
            report.alreadyLinked += done.alreadyLinked
        case .unlink(let date):
            guard let done = try links.unlink(chosen, role: attributes["role"], endedOn: date) else { return nil }
            report.ended = done.ended
            report.notLinked = done.notLinked
        }
        report.rows = chosen.count
        return report
    }

    private func take(_ id: Int64, in pass: inout LinkPass) throws {
        switch fixed {
        case .contact(let contact): try pass.take(contact: contact, record: id)
        case .record(let record): try pass.take(contact: id, record: record)
        case .neither: break
        }
    }
}
