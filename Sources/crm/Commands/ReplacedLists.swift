import CRMKit
import Localization

/// The lists of records, such as tags, that an edit gives anew, so that what they have had and are not given again goes.
struct ReplacedLists {
    private let module: Module
    private let fields: [Field]

    /// - Parameter inputs: the inputs of the edit. A list that is emptied is left out, since the user is told that it
    ///   is emptied.
    init(_ inputs: [FieldInput], of module: Module) {
        self.module = module
        fields = inputs.compactMap { input in
            guard case .setList(let elements) = input.change, elements.contains(where: { !$0.isEmpty }) else {
                return nil
            }
            return module.field(input.field)
        }
    }

    /// Refuses a word with a sign before it as an element. The list would be replaced by a word that nobody wants, where
    /// numbers with a sign change by so much.
    static func refuseSigns(in inputs: [FieldInput], of module: Module) throws(CRMError) {
        for input in inputs {
            guard case .setList(let elements) = input.change, let field = module.field(input.field),
                let element = elements.first(where: isSigned)
            else { continue }
            let names = FieldOption.names(ofList: field)
            let label = field.label
            let meant = "--\(names[element.hasPrefix("+") ? 1 : 2]) \(element.dropFirst())"
            throw CRMError(
                .usage,
                Text(
                    en: "--\(names[0]) \"\(element)\": that would replace all that is in \(label.en.lowercased())",
                    es: "--\(names[0]) \"\(element)\": eso reemplazaría todo lo que hay en \(label.es.lowercased())"
                ),
                hint: Text(en: "that is '\(meant)'", es: "eso es '\(meant)'")
            )
        }
    }

    private static func isSigned(_ element: String) -> Bool {
        ["+", "-"].contains(element.prefix(1)) && element.dropFirst().first?.isLetter == true
    }

    /// Returns the elements of each list of a record.
    func elements(of id: Int64, in store: Store) throws -> [[String]] {
        try fields.map { field in
            guard case .list(let element) = field.type else { return [] }
            var elements: [String] = []
            _ = try store.read(id, of: module, columns: [field.key], withNames: false) { row in
                for column in row.columns where column.key == field.key {
                    elements = StoredList(row.value(column.position), of: element).elements
                }
            }
            return elements
        }
    }

    /// Returns the notices about lists of a record that have lost elements.
    ///
    /// - Parameter former: the elements before the edit.
    func losses(of id: Int64, from former: [[String]], in store: Store) throws -> [Text] {
        try zip(fields, zip(former, elements(of: id, in: store))).compactMap { field, lists in
            let (old, new) = lists
            guard old.contains(where: { !new.contains($0) }) else { return nil }
            let (called, label, all) = (module.called(id), field.label, old.joined(separator: ", "))
            let flag = Self.adding(to: field)
            return Text(
                en: "\(called.en): its \(label.en.lowercased()) were \(all); --\(flag) keeps them",
                es: "\(called.es): sus \(label.es.lowercased()) eran \(all); --\(flag) conserva lo que hay"
            )
        }
    }

    /// Tells of how many of the chosen records a list is replaced.
    func tell(of choice: RecordChoice, in session: Session) throws {
        guard !fields.isEmpty else { return }
        let store = try session.openStoreToAsk()
        for field in fields {
            var query = try store.list(module)
            query.filters = try choice.filters(of: module, in: store) + ["\(field.key) is not empty"]
            let count = try query.count(in: store)
            guard count > 0 else { continue }
            let (flag, label) = (Self.adding(to: field), field.label)
            try session.note(
                Text(
                    en: "\(count) \(count == 1 ? module.one.en : module.several.en) with \(label.en.lowercased()) "
                        + "already: --\(field.flag) replaces them, --\(flag) keeps them",
                    es: "\(module.spanish.counted(count)) ya con \(label.es.lowercased()): --\(field.flag) reemplaza "
                        + "lo que hay, --\(flag) lo conserva"
                )
            )
        }
    }

    private static func adding(to field: Field) -> String { FieldOption.names(ofList: field)[1] }
}
