import CLIKit
import CRMKit
import Localization

/// What to write instead of a word that a verb of a module does not take: a field belongs in a filter, a name in a
/// search, the text of a new record behind the option of its field.
struct Remedies {
    let module: Module
    let registry: Registry
    /// The words that call the verb: `crm contact list`.
    let line: String
    /// The names of the options that the verb declares itself.
    let options: Set<String>
    /// Whether the verb names records by operands.
    let namesRecords: Bool

    /// Whether the verb lists all records that hang on the one it names.
    private let isOfLinks: Bool
    /// The link whose attributes the verb's filters know; `nil` if they know none.
    private let link: LinkDefinition?

    init(_ command: Command, on module: Module, in registry: Registry) {
        self.module = module
        self.registry = registry
        line = "\(ProgramName.placeholder) \(module.name.noun) \(command.name)"
        options = Set(command.options.map(\.long))
        namesRecords = !command.operands.isEmpty
        (isOfLinks, link) = (false, nil)
    }

    /// Creates the remedies for the list of the records of a module that are linked with another one's.
    ///
    /// - Parameter line: the words that call it: `crm contact links opportunity`.
    init(linked module: Module, by link: LinkDefinition?, _ line: String, in registry: Registry) {
        self.module = module
        self.registry = registry
        self.line = line
        (isOfLinks, self.link) = (true, link)
        options = [SharedOptions.filter().option.long]
        namesRecords = true
    }

    /// Whether the verb chooses records by filters.
    private var isFiltered: Bool { options.contains(SharedOptions.filter().option.long) }

    func callAsFunction(_ word: StrayWord) -> [String] {
        switch word {
        case .option(let name, let value): option(name, value)
        case .operand(let text, let next): operand(text, next)
        }
    }

    private func option(_ name: String, _ value: String?) -> [String] {
        if options.contains("ends-at"), MeantWord(name).means(oneOf: ["duration", "duración", "length"]) {
            // What has a beginning and an end has no length of its own.
            return ["--ends-at +\(Self.length(value ?? ""))"]
        }
        if isFiltered {
            if MeantWord(name).means(oneOf: ["all", "todo", "toda"]) {
                return [isOfLinks ? "\(line) …" : namesRecords ? "--where \"id > 0\"" : line]
            }
            return condition(name, value).map { ["--where \($0)"] } ?? []
        }
        if namesRecords { return reference(name, value).map { ["\(line) \($0)"] } ?? [] }
        if MeantWord(name).means(oneOf: ["name", "nombre"]) {
            // What records of the module are called has another option: the title, the subject.
            return option(forField: name).map { ["--\($0)"] } ?? []
        }
        return role(name, value)
    }

    /// Returns a length in hours or minutes as a time behind a plus sign has it; an hour for any other text.
    private static func length(_ text: String) -> String {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard (1...4).contains(digits.count) else { return "1h" }
        switch text.dropFirst(digits.count).lowercased() {
        case "h": return "\(digits)h"
        case "", "m", "min": return "\(digits)min"
        default: return "1h"
        }
    }

    private func operand(_ text: String, _ next: String?) -> [String] {
        if namesRecords { return [] }
        let output = ExportVerb.output.option.long
        if options.contains(output), text.contains(".") || text.contains("/"), !text.contains("@") {
            return ["--\(output) \(text)"]
        }
        let parts = text.split(separator: "=", maxSplits: 1).map { part in
            part.split(separator: " ").joined(separator: " ")
        }
        if isFiltered {
            if let columns = columns(text) { return [columns] }
            if isFilter(text) { return ["--where \(Self.word(text))"] }
            if parts.count == 2, let condition = condition(parts[0], parts[1]) { return ["--where \(condition)"] }
            return looking(for: text, next)
        }
        if parts.count == 2 { return option(forField: parts[0]).map { ["--\($0) \(Self.word(parts[1]))"] } ?? [] }
        return content(text, next).map { [$0] } ?? []
    }
}

extension Remedies {
    /// Returns the commands that find records by words: the search, and the verb with a filter on the name.
    private func looking(for text: String, _ next: String?) -> [String] {
        let words = [text] + (next.map { [$0] } ?? [])
        let name = words.joined(separator: " ")
        let condition = condition(module.displayKey, name).map { ["\(line) --where \($0)"] } ?? []
        return ["\(ProgramName.placeholder) \(SearchCommand.name) \(words.map(Self.word).joined(separator: " "))"]
            + condition
    }

    /// Returns the option for several names of columns with commas between them, as behind a format: `--json id,name`.
    private func columns(_ text: String) -> String? {
        let names = text.split(separator: ",").map { $0.split(separator: " ").joined(separator: " ") }
        guard names.count > 1, options.contains("columns") else { return nil }
        let known = PathStart(module, in: registry).names(after: []).map(\.text)
        return names.allSatisfy(known.contains) ? "--columns \(names.joined(separator: ","))" : nil
    }

    /// Whether a text in one pair of quotes is a whole filter with blanks around its sign, which only lacks its option.
    private func isFilter(_ text: String) -> Bool {
        let words = text.split(separator: " ").map(String.init)
        guard words.count > 2, ["=", "!=", "<", "<=", ">", ">=", "~"].contains(words[1]), Self.word(text) != "…" else {
            return false
        }
        return PathStart(module, in: registry).names(after: []).contains { $0.text == words[0] }
    }

    /// Returns the condition in quotes that a field has a value; `nil` if the name is that of no field.
    private func condition(_ name: String, _ value: String?) -> String? {
        let known = PathStart(module, in: registry).names(after: []).filter { !$0.isIncomplete }
            .map { (key: $0.text, label: $0.label) }
        let word = MeantWord(name)
        let ofLink = (link?.attributes ?? []).first { word.means(oneOf: [$0.key, $0.label.en, $0.label.es]) }
        guard let key = field(meantBy: name, among: known) ?? ofLink.map({ "link.\($0.key)" }) else { return nil }
        let type = module.field(key)?.type
        let isText = type?.isWording ?? false
        let written = value ?? (type == .boolean ? "true" : "…")
        return "\"\(key) \(isText ? "~" : "=") \(Self.inFilter(written))\""
    }

    /// Returns the reference by a key of the module's records: `email:ana@example.org`.
    private func reference(_ name: String, _ value: String?) -> String? {
        let word = MeantWord(name)
        let own = module.referenceKeys.map { key in
            (key.prefix, [key.prefix] + key.fields.compactMap { module.field($0) }.flatMap(\.synonyms))
        }
        let all = own + [("ext", ["ext", "external_id"]), ("name", ["name", "nombre"])]
        guard let prefix = all.first(where: { word.means(oneOf: $0.1) })?.0 else { return nil }
        return "\(prefix.hyphenated):\(Self.word(value ?? "…"))"
    }

    /// Returns the options that link a new record with a contact in the role that a word means.
    private func role(_ name: String, _ value: String?) -> [String] {
        let roles = module.contacts.link?.attribute("role")?.type.choices ?? []
        let word = MeantWord(name)
        let meant =
            roles.first { word.means(oneOf: [$0.key, $0.label.en, $0.label.es]) } ?? roles.first { $0.isCalled(name) }
        return meant.map { ["--contact \(Self.word(value ?? "REF")) --role \($0.key)"] } ?? []
    }

    /// Returns the option of a field that people write as `field=value`.
    private func option(forField name: String) -> String? {
        let names = module.writableFields.map { (key: $0.key, label: $0.label) }
        guard let flag = field(meantBy: name, among: names).flatMap({ module.field($0)?.flag }) else { return nil }
        return options.contains(flag) ? flag : nil
    }

    /// Returns the options for the name of a new record, or for its text; `nil` for a number, which is that of a record.
    private func content(_ text: String, _ next: String?) -> String? {
        if Int64(text) != nil { return nil }
        let keys: [String] =
            switch module.display {
            case .field(let key): [key]
            case .composed(let keys, _, _, _, _): keys
            }
        let flags = keys.compactMap { module.field($0) }.filter(\.type.isWording)
            .map(\.flag).filter(options.contains)
        guard let last = flags.last else { return nil }
        guard let next else { return "--\(last) \(Self.word(text))" }
        guard flags.count > 1 else { return "--\(last) \(Self.word("\(text) \(next)"))" }
        return "--\(flags[0]) \(Self.word(text)) --\(last) \(Self.word(next))"
    }

    /// Returns the key that a word means: by itself, as what records are called, by a label, or by another usual word.
    private func field(meantBy name: String, among known: [(key: String, label: Text)]) -> String? {
        let word = MeantWord(name)
        if let key = known.first(where: { word.means($0.key) })?.key { return key }
        if word.means(oneOf: ["name", "nombre"]) { return module.displayKey }
        return known.first { word.means(oneOf: [$0.label.en, $0.label.es]) }?.key
            ?? known.first { word.means(oneOf: Field.synonyms(of: $0.key, [])) }?.key
    }

    /// Returns a value as a filter in double quotes has it.
    private static func inFilter(_ value: String) -> String {
        if value.contains(where: { "\"'$`\\!".contains($0) }) { return "…" }
        return value.contains(where: { " (),".contains($0) }) || value.isEmpty ? "'\(value)'" : value
    }

    /// Returns a word as a shell reads it.
    private static func word(_ text: String) -> String {
        if text.contains(where: { "\"'$`\\!".contains($0) }) { return "…" }
        return text.isEmpty || text.contains(where: { " ()<>&|;*?#~".contains($0) }) ? "\"\(text)\"" : text
    }
}

extension Remedies {
    /// Returns the options to write for fields that stand as `field=value` among the operands of an edit.
    func assignments(among operands: [String]) -> [String] {
        operands.compactMap { operand in
            let parts = operand.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let option = option(forField: parts[0]) else { return nil }
            return "--\(option) \(Self.word(parts[1]))"
        }
    }

    /// Returns what to write instead of a word that is none of the verbs of a module: a record is shown, a name looked
    /// for.
    static func forVerb(of module: Module, _ word: StrayWord) -> [String] {
        guard case .operand(let text, let next) = word else { return [] }
        let isReference = Int64(text) != nil || text.contains("@") || text.contains(":")
        let lead = "\(ProgramName.placeholder) \(module.name.noun)"
        if isReference { return ["\(lead) \(ShowVerb.name) \(Self.word(text))"] }
        let words = [text] + (next.map { [$0] } ?? [])
        return ["\(ProgramName.placeholder) \(SearchCommand.name) \(words.map(Self.word).joined(separator: " "))"]
    }

    /// Returns what to write instead of a record before the module that it is to be linked with: `link 1 asset 2`.
    ///
    /// - Parameter line: the words that call the command: `crm contact link`.
    static func forModule(_ line: String, among modules: [String], _ word: StrayWord) -> [String] {
        guard case .operand(let text, let next?) = word, modules.contains(next) else { return [] }
        return ["\(line) \(next) \(Self.word(text)) …"]
    }

    /// Returns what to write instead of an option for a field of linked records, which belongs in a filter on those of one
    /// module: `links --stage proposal`.
    ///
    /// - Parameters:
    ///   - line: the words that call the command: `crm contact links`.
    ///   - modules: the modules that it lists.
    static func forLinked(_ line: String, among modules: [Module], _ word: StrayWord, in registry: Registry) -> [String]
    {
        guard case .option(let name, let value) = word else { return [] }
        func isMeant(_ name: String, by choices: [(key: String, label: Text)]) -> Bool {
            choices.contains { MeantWord(name).means(oneOf: [$0.key, $0.label.en, $0.label.es]) }
        }
        let having = modules.filter { isMeant(name, by: $0.fields.map { ($0.key, $0.label) }) }
        // If several modules have such a field, the one is meant whose field has the value.
        let exact = having.filter { module in
            module.fields.contains { field in
                isMeant(name, by: [(field.key, field.label)])
                    && isMeant(value ?? "", by: field.type.choices.map { ($0.key, $0.label) })
            }
        }
        let lines = (exact.isEmpty ? having : exact).compactMap { module -> String? in
            let line = "\(line) \(module.name.noun)"
            let remedies = Remedies(linked: module, by: nil, line, in: registry)
            return remedies.condition(name, value).map { "\(line) … --where \($0)" }
        }
        return Array(lines.prefix(mostLines))
    }

    /// The maximum number of commands that are suggested.
    private static let mostLines = 2
}

extension Command {
    /// Returns the command with remedies for words that a verb of a module does not take.
    func helping(on module: Module, in registry: Registry) -> Command {
        var copy = self
        if subcommands.isEmpty {
            copy.remedies = { [self] word in Remedies(self, on: module, in: registry)(word) }
        } else {
            let modules = subcommands.map(\.name)
            let line = "\(ProgramName.placeholder) \(module.name.noun) \(name)"
            let isList = name == LinksVerb.name
            copy.remedies = { word in
                let linked = isList ? registry.modules.filter { modules.contains($0.name.noun) } : []
                return Remedies.forModule(line, among: modules, word)
                    + Remedies.forLinked(line, among: linked, word, in: registry)
            }
        }
        return copy
    }
}
