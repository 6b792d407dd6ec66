import Formats
import Localization

/// The rows of an import from the cards in one or several files.
final class CardRows: RowSource {
    private let module: Module
    private let mapping: CardMapping
    private let isComplete: Bool
    private let match: [String]
    private let keepsRaw: Bool
    private var files: ArraySlice<NamedSource>
    private var reader: VCardReader?
    private var fileName: String?
    /// The number of cards in the files before the present one.
    private var earlier = 0
    /// The lines of the card that was last returned or refused; empty if it was no card.
    private(set) var raw: [UInt8] = []
    private(set) var stoppedEarly = false
    /// The names of the groups whose cards were skipped.
    private var groups: [String] = []
    /// The line numbers of the cards without information.
    private var empty = Tally()
    /// The lines of cards that are no properties.
    private var stray = Tally()
    /// The lines where text begins that is of no card.
    private var outside = Tally()

    /// - Returns: `nil` for a module without a mapping to cards.
    init?(_ files: [NamedSource], of module: Module, options: ImportOptions, keepsRaw: Bool) {
        guard let mapping = module.cards else { return nil }
        self.module = module
        self.mapping = mapping
        self.files = files[...]
        self.keepsRaw = keepsRaw
        isComplete = mapping.isComplete(options)
        match = options.match.compactMap { module.field($0)?.key }
    }

    /// Returns the next card as a row; `nil` after the last.
    func next() throws -> InputRow? {
        while true {
            if reader == nil {
                guard let file = files.popFirst() else { return nil }
                reader = VCardReader(try file.open())
                fileName = file.name
            }
            if let row = try nextInFile() { return row }
            for line in reader?.linesOutside ?? [] { outside.add(place(line)) }
            earlier += reader?.cardNumber ?? 0
            reader = nil
        }
    }

    private func nextInFile() throws -> InputRow? {
        guard var reader else { return nil }
        defer { self.reader = reader }
        let contents: CardContents?
        do throws(VCardError) {
            contents = try nextContents(&reader)
        } catch {
            switch error {
            case .textOutsideCard, .mecard: raw = []
            default: if keepsRaw { raw = reader.rawCard }
            }
            // The files after this one can still be read.
            stoppedEarly = reader.stoppedEarly && files.isEmpty
            let number = error.position?.card ?? reader.cardNumber
            if case .unreadable(let error) = error { throw error.asInputError(row: number) }
            let reason = RowProblem.reason(error, likely: reader.likelyEncoding)
            throw RowProblem(error, card: number, reason: reason).inFile(fileName)
        }
        guard let contents else { return nil }
        if keepsRaw { raw = reader.rawCard }
        return row(
            contents,
            number: reader.cardNumber,
            line: reader.line,
            isWhole: reader.strayLines.isEmpty
        )
    }

    /// Returns the contents of the next card of a person or organization; `nil` after the last.
    private func nextContents(_ reader: inout VCardReader) throws(VCardError) -> CardContents? {
        while let card = try reader.next() {
            for line in reader.strayLines { stray.add(place(line)) }
            if let name = card.groupName {
                groups.append(name)
                continue
            }
            let contents = CardContents(card, by: mapping, of: module)
            if !contents.isEmpty { return contents }
            empty.add(place(reader.line))
        }
        return nil
    }

    /// Returns the words for a line, with the file of a folder that has it.
    private func place(_ line: Int) -> String { fileName.map { "\(line) (\($0))" } ?? "\(line)" }

    /// Notices about skipped cards for the user.
    var notices: [Text] {
        let names = groups.joined(separator: ", ")
        let ofGroups = Text(
            en: "passed over the cards of groups, which are no contacts: \(names)",
            es: "se omitieron las tarjetas de grupos, que no son contactos: \(names)"
        )
        let ofEmpty = empty.notice {
            Text(
                en: "passed over the card on line \($0), which says nothing of anybody",
                es: "se omitió la tarjeta de la línea \($0), que no dice nada de nadie"
            )
        } many: {
            Text(
                en: "passed over \($0) cards that say nothing of anybody: lines \($1)",
                es: "se omitieron \($0) tarjetas que no dicen nada de nadie: líneas \($1)"
            )
        }
        let ofStray = stray.notice {
            Text(
                en: "left out line \($0) of a card, which is no property",
                es: "se omitió la línea \($0) de una tarjeta, que no es una propiedad"
            )
        } many: {
            Text(
                en: "left out \($0) lines of cards that are no properties: \($1)",
                es: "se omitieron \($0) líneas de tarjetas que no son propiedades: \($1)"
            )
        }
        let ofOutside = outside.notice {
            Text(
                en: "left out the text from line \($0) on, which is of no card",
                es: "se omitió el texto desde la línea \($0), que no es de ninguna tarjeta"
            )
        } many: {
            Text(
                en: "left out \($0) texts that are of no card, from the lines \($1) on",
                es: "se omitieron \($0) textos que no son de ninguna tarjeta, desde las líneas \($1)"
            )
        }
        return (groups.isEmpty ? [] : [ofGroups]) + [ofEmpty, ofStray, ofOutside].compactMap(\.self)
    }

    /// Returns the row for a card. Fields missing from a complete card are set to empty; with an incomplete card they
    /// are left out.
    ///
    /// - Parameter isWhole: whether all of its lines could be read. What a line says that could not is not missing.
    private func row(_ contents: CardContents, number: Int, line: Int, isWhole: Bool) -> InputRow {
        let keys = mapping.fields.filter {
            isComplete && isWhole && !mapping.isOwn($0) || contents.texts[$0] != nil || match.contains($0)
        }
        var row = InputRow(
            number: number,
            line: line,
            names: keys.map { $0 == mapping.organization.reference ? "\($0).name" : $0 },
            texts: keys.map { contents.texts[$0] },
            columns: []
        )
        row.contents = contents
        row.file = fileName
        row.before = earlier
        return row
    }
}

extension VCard {
    /// The name of the group that the card is for (RFC 6350, section 6.1.4; in earlier versions a proprietary property
    /// of address books); `nil` for the card of a person or organization.
    fileprivate var groupName: String? {
        let isGroup = properties.contains { property in
            (property.isNamed("KIND") || property.isNamed("X-ADDRESSBOOKSERVER-KIND"))
                && property.text.trimmed.lowercased() == "group"
        }
        return isGroup ? properties.first { $0.isNamed("FN") }?.text.trimmed ?? "" : nil
    }
}
