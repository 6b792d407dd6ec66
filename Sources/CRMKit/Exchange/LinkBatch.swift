import Formats
import Localization
import SQLite

/// Links or unlinks every pair that an input names, in one transaction, all or nothing.
public struct LinkBatch {
    /// What is done with each pair.
    public enum Action: Sendable {
        /// Link it.
        case link(replacing: Bool)
        /// Take its link away, or end it on a date.
        case unlink(endedOn: String?)
    }

    /// The record that the command line names, so that rows need only the other side.
    public enum Fixed: Sendable {
        /// Rows name both sides.
        case neither
        /// The contact is given.
        case contact(Int64)
        /// The other record is given.
        case record(Int64)
    }

    /// What came of it.
    public struct Report: Sendable {
        /// Rows read.
        public var rows = 0
        /// New links.
        public var linked = 0
        /// Links whose attributes changed.
        public var updated = 0
        /// Pairs that were linked as asked before.
        public var alreadyLinked = 0
        /// Links of other contacts ended by a hand-over, or links taken away.
        public var ended = 0
        /// Pairs that had no link to take away.
        public var notLinked = 0
        /// Rows refused.
        public var refused = 0

        mutating func count(_ outcome: LinkOutcome) {
            switch outcome {
            case .linked: linked += 1
            case .updated: updated += 1
            case .alreadyLinked: alreadyLinked += 1
            }
        }
    }

    private let center: Module
    private let module: Module
    private let action: Action
    private let fixed: Fixed
    private let attributes: LinkAttributes
    private let relation: Relation

    /// - Parameters:
    ///   - attributes: what every link gets where its row says nothing else.
    /// - Throws: ``CRMError`` `usage` for a module without links.
    public init(
        _ module: Module,
        in registry: Registry,
        action: Action,
        fixed: Fixed,
        attributes: LinkAttributes
    ) throws(CRMError) {
        relation = try Relation.required(of: module, in: registry)
        center = registry[registry.center]
        self.module = module
        self.action = action
        self.fixed = fixed
        self.attributes = attributes
    }

    /// Whether a module has links at all.
    ///
    /// - Throws: ``CRMError`` `usage` that says how contacts are set instead.
    public static func check(_ module: Module, in registry: Registry) throws(CRMError) {
        _ = try Relation.required(of: module, in: registry)
    }

    /// Takes in a whole input.
    ///
    /// - Parameter reject: called for every bad row as it is met.
    /// - Returns: the report; with any row refused the caller must not commit.
    public func run(
        _ source: ByteSource,
        format: InputFormat,
        in transaction: Transaction,
        reject: (RowProblem) -> Void
    ) throws -> Report {
        var report = Report()
        func refuse(_ problem: RowProblem) {
            report.refused += 1
            reject(problem)
        }
        let ids = if case .contact = fixed { module } else { center }
        do {
            var rows = try InputRows(source, format: format, name: ids.name.rawValue)
            var pass = try Pass(self, transaction: transaction)
            if let header = rows.header { try pass.read(header: header, row: 0, line: 1) }
            while !rows.stoppedEarly {
                do {
                    guard let row = try rows.next() else { break }
                    try pass.take(row, into: &report)
                } catch let problem as RowProblem {
                    refuse(problem)
                }
            }
            report.rows = rows.count
        } catch let problem as RowProblem {
            refuse(problem)
        }
        return report
    }

    /// Takes in records of the other side that the command line names.
    ///
    /// - Returns: the report; nothing is refused, the first bad record throws.
    public func run(with ids: [Int64], in transaction: Transaction) throws -> Report {
        var report = Report()
        let pass = try Pass(self, transaction: transaction)
        for id in ids {
            report.rows += 1
            switch fixed {
            case .contact(let contact): try pass.apply(contact: contact, record: id, attributes, into: &report)
            case .record(let record): try pass.apply(contact: id, record: record, attributes, into: &report)
            case .neither: break
            }
        }
        return report
    }

    /// One reading of an input: what its columns mean and the statements it needs.
    private struct Pass {
        let batch: LinkBatch
        let transaction: Transaction
        let writer: LinkWriter
        let context: ValueContext
        var names: [String] = []
        var columns: [LinkColumn] = []

        init(_ batch: LinkBatch, transaction: Transaction) throws {
            self.batch = batch
            self.transaction = transaction
            writer = try LinkWriter(batch.relation, in: transaction)
            context = transaction.values
        }

        mutating func read(header: [String], row: Int, line: Int) throws(RowProblem) {
            columns = []
            for name in header {
                guard
                    let column = LinkColumn(
                        name,
                        relation: batch.relation,
                        center: batch.center,
                        module: batch.module
                    )
                else {
                    let known = LinkColumn.names(relation: batch.relation, center: batch.center, module: batch.module)
                    let list = known.joined(separator: ", ")
                    throw RowProblem(
                        row: row,
                        line: line,
                        column: nil,
                        field: name,
                        value: nil,
                        reason: Text(
                            en: "no such column; a column is one of \(list)",
                            es: "no existe esa columna; una columna es una de \(list)"
                        )
                    )
                }
                guard !columns.contains(column) else {
                    throw RowProblem(
                        row: row,
                        line: line,
                        column: nil,
                        field: name,
                        value: nil,
                        reason: Text(en: "the column is named twice", es: "la columna está dos veces")
                    )
                }
                columns.append(column)
            }
            try checkSides(row: row, line: line)
            names = header
        }

        private func checkSides(row: Int, line: Int) throws(RowProblem) {
            let contacts = columns.filter { if case .contact = $0 { true } else { false } }.count
            let records = columns.filter { if case .record = $0 { true } else { false } }.count
            let (needsContacts, needsRecords) =
                switch batch.fixed {
                case .neither: (1, 1)
                case .contact: (0, 1)
                case .record: (1, 0)
                }
            guard contacts != needsContacts || records != needsRecords else { return }
            let wanted = [needsContacts == 1 ? batch.center : nil, needsRecords == 1 ? batch.module : nil]
                .compactMap { $0?.name.rawValue }.joined(separator: ", ")
            throw RowProblem(
                row: row,
                line: line,
                column: nil,
                field: nil,
                value: nil,
                reason: Text(
                    en: "the columns must name each of these once, and no other record: \(wanted)",
                    es: "las columnas deben nombrar una vez cada uno de estos, y ningún otro registro: \(wanted)"
                )
            )
        }

        mutating func take(_ row: InputRow, into report: inout Report) throws {
            if names != row.names || columns.isEmpty { try read(header: row.names, row: row.number, line: row.line) }
            var contact: Int64? = if case .contact(let id) = batch.fixed { id } else { nil }
            var record: Int64? = if case .record(let id) = batch.fixed { id } else { nil }
            var attributes = batch.attributes
            for (index, column) in columns.enumerated() {
                let text = (row.texts[index] ?? "").trimmed
                do {
                    switch column {
                    case .contact(let prefix): contact = try id(text, prefix: prefix, in: batch.center)
                    case .record(let prefix): record = try id(text, prefix: prefix, in: batch.module)
                    case .attribute(let position):
                        if text.isEmpty { continue }
                        let field = batch.relation.link.attributes[position]
                        attributes[position] = try field.type.parse(text, in: context)
                    }
                } catch {
                    throw problem(error, row: row, cell: index)
                }
            }
            guard let contact, let record else { return }
            do {
                try apply(contact: contact, record: record, attributes, into: &report)
            } catch {
                let cause = explain(error, contact: contact, record: record)
                throw problem(cause.error, row: row, cell: cause.cell)
            }
        }

        /// A plain id is not looked up: the foreign key of the link refuses one that does not exist.
        private func id(_ text: String, prefix: String?, in module: Module) throws -> Int64 {
            if prefix == nil || prefix == "id", let id = Int64(text), id > 0 { return id }
            if text.isEmpty {
                throw ValueError(
                    en: "no \(module.name) is named",
                    es: "no se nombra ningún registro de \(module.name)"
                )
            }
            return try transaction.store.resolve(prefix.map { "\($0):\(text)" } ?? text, in: module)
        }

        func apply(
            contact: Int64,
            record: Int64,
            _ attributes: LinkAttributes,
            into report: inout Report
        ) throws {
            switch batch.action {
            case .link(let replacing):
                let result = try transaction.link(
                    contact: contact,
                    record: record,
                    attributes,
                    replacing: replacing,
                    through: writer
                )
                report.count(result.outcome)
                report.ended += result.ended
            case .unlink(let date):
                try transaction.checkExists(contact, in: batch.center)
                try transaction.checkExists(record, in: batch.module)
                let ended = try writer.unlink(
                    contact: contact,
                    record: record,
                    role: attributes["role"],
                    endedOn: date
                )
                report.ended += ended
                if ended == 0 { report.notLinked += 1 }
            }
        }

        /// Finds out which side, and so which cell, is missing.
        private func explain(_ error: any Error, contact: Int64, record: Int64) -> (error: any Error, cell: Int?) {
            let isViolation = (error as? SQLiteError)?.code == .constraint(.foreignKey)
            guard isViolation || (error as? CRMError)?.code == .notFound else { return (error, nil) }
            do {
                try transaction.checkExists(contact, in: batch.center)
            } catch {
                return (error, columns.firstIndex { if case .contact = $0 { true } else { false } })
            }
            do {
                try transaction.checkExists(record, in: batch.module)
            } catch {
                return (error, columns.firstIndex { if case .record = $0 { true } else { false } })
            }
            return (error, nil)
        }

        private func problem(_ error: any Error, row: InputRow, cell: Int?) -> any Error {
            let reason: Text
            switch error {
            case let error as CRMError where !error.concernsOneRow: return error
            case let error as CRMError: reason = error.message
            case let error as ValueError: reason = error.reason
            default: return error
            }
            return RowProblem(
                row: row.number,
                line: row.line,
                column: cell.flatMap { row.columns.isEmpty ? nil : row.columns[$0] },
                field: cell.map { row.names[$0] },
                value: cell.flatMap { row.texts[$0] },
                reason: reason
            )
        }
    }
}
