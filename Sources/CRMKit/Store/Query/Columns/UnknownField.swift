import Localization

extension CRMError {
    /// Creates the error for an unknown field of a module or part.
    ///
    /// - Parameters:
    ///   - name: the rest of the path that could not be resolved, as written.
    ///   - path: the whole path.
    init(unknownField name: String, at place: Place, _ path: Path, resolver: PathResolver) {
        let records = place.part?.several ?? place.module.several
        let spanish = place.part?.spanish ?? place.module.spanish
        let reason = Text(
            en: "\(records.en) have no field '\(name)'",
            es: "\(spanish.theSeveral) no tienen el campo '\(name)'"
        )
        let meant = resolver.meant(by: name.split(separator: ".").map(String.init)[...], at: place)
        let suggestions =
            meant.isEmpty ? Suggestions(near: resolver.near(name, at: place)) : Suggestions(meant: meant)
        let hint =
            place.part.flatMap { Self.rows(of: name, in: $0) } ?? Self.shown(name, at: place)
            ?? (suggestions.areMeant ? suggestions.hint : nil) ?? resolver.hint(atListed: name, at: place)
            ?? suggestions.hint
        self.init(path, reason, hint: hint, module: place.module.name)
    }
}

extension CRMError {
    /// Returns a hint for a name that `show` prints for a single record but lists do not have.
    private static func shown(_ name: String, at place: Place) -> Text? {
        guard place.part == nil else { return nil }
        let noun = place.module.name.noun
        let show = "\(ProgramName.placeholder) \(noun) show REF --json"
        switch name {
        case "related":
            let links = "\(ProgramName.placeholder) \(noun) links REF"
            return Text(
                en: """
                    '\(show)' says it of one record, '\(links)' which those are; in a list write a path to them
                    """,
                es: """
                    «\(show)» lo dice de un registro, «\(links)» cuáles son; en una lista escribir una ruta hacia ellos
                    """
            )
        case "merged_from" where place.module.merging != nil:
            return Text(
                en: """
                    '\(show)' says it of one record; wherever a record is named, the former id is that of the kept one
                    """,
                es: """
                    «\(show)» lo dice de un registro; donde se nombra un registro, el id anterior es el del conservado
                    """
            )
        default: return nil
        }
    }

    /// Returns the filter to write instead of the kind of a part's row as a field: `point.email`.
    private static func rows(of kind: String, in part: Part) -> Text? {
        guard let field = part.kindField, let value = part.keyField,
            let choice = field.type.choices.first(where: { $0.spellings.contains(Choice.spelling(kind)) })
        else { return nil }
        let line = "has \(part.name)(\(field.key) = \(choice.key) and \(value.key) = …)"
        return Text(en: "write \(line)", es: "escribir \(line)")
    }

    /// Returns the error for a malformed filter. If the filter names other records, it says what to write for them.
    /// Otherwise, if the filter has a field's label of several words, it gives the path to that field: by itself, after
    /// the dot of a path that leads to it, or within `has …(…)`.
    ///
    /// - Parameter today: the present day, by which a week or a month is named.
    func naming(_ place: Place, by resolver: PathResolver, in filter: String, today: CivilDate) -> CRMError {
        if let error = rewriting(filter, by: resolver.words(at: place, today: today)) { return error }
        // Names are written in quotes elsewhere: "Valor estimado" > 1000.
        let text = " \(String(Fold.fold(filter).map { "\"'`“”«»".contains($0) ? " " : $0 })) "
        func stands(_ name: PathName, behind leads: [String]) -> Bool {
            let others = Field.synonyms(of: name.key, []).map { $0.replacing("-", with: " ") }
            let words = ([name.label.en, name.label.es] + others).map(Fold.fold)
            return words.filter { $0.contains(" ") }.contains { label in
                leads.contains { text.contains("\($0)\(label) ") || text.contains("\($0)\(label)=") }
            }
        }
        var meant = resolver.names(at: place).filter { stands($0, behind: [" "]) }.map(\.text)
        for lead in resolver.leads(from: place) {
            guard let next = resolver.lead([lead.text], from: place)?.last?.place else { continue }
            let words = [lead.text, next.part?.name ?? next.module.name.noun]
            let isWithin = words.contains { text.contains("has \($0)(") || text.contains("has \($0) (") }
            guard isWithin || text.contains("\(lead.text).") else { continue }
            let names = resolver.names(at: next).filter { !$0.isIncomplete }
            meant += names.filter { stands($0, behind: ["\(lead.text)."]) }.map { "\(lead.text).\($0.text)" }
            if isWithin { meant += names.filter { stands($0, behind: ["(", " "]) }.map(\.text) }
        }
        guard let hint = Text(thatIs: Array(meant.uniqued.prefix(3))) else { return self }
        var error = self
        error.hint = hint
        return error
    }

    /// Returns the error for a filter that can be read and does not apply, with what to write for records whose absence
    /// it tests as that of a value, and for a week or a month that it compares with days.
    func naming(recordsOf place: Place, by resolver: PathResolver, in filter: String, today: CivilDate) -> CRMError {
        var words = resolver.words(at: place, today: today)
        words.field = nil
        return rewriting(filter, by: words) ?? self
    }

    /// Returns the error with the whole filter to write instead, if that is told by what its words mean here.
    private func rewriting(_ filter: String, by words: FilterWords) -> CRMError? {
        guard let meant = FilterTranslation.text(of: filter, words), meant != filter,
            meant != FilterTranslation.text(of: filter), FilterParser.isOne(meant)
        else { return nil }
        var error = self
        error.hint = Text(en: "write: \(meant.abridged)", es: "escribir: \(meant.abridged)")
        return error
    }
}

extension PathResolver {
    /// Returns the paths that names mean by the usual words for them in either language: `cliente.nombre`.
    fileprivate func meant(by names: ArraySlice<String>, at place: Place) -> [String] {
        guard let first = names.first else { return [] }
        let word = MeantWord(first)
        let rest = names.dropFirst()
        if rest.isEmpty {
            let known = self.names(at: place)
            let labelled = known.filter { word.means(oneOf: [$0.label.en, $0.label.es]) }
            // Several words that are the label of one field may mean another: fecha-de-cierre.
            if !labelled.isEmpty, !first.isOfSeveralWords { return labelled.map(\.text) }
            let called = known.filter { word.means(oneOf: synonyms(of: $0, from: place)) }
            if !called.isEmpty { return called.map(\.text) }
            // Otherwise the first word of a label suffices: correo.
            return known.filter { word.means(oneOf: [$0.label.en, $0.label.es].map(\.firstWord)) }.map(\.text)
        }
        let leads = leads(from: place).filter {
            $0.text == first || word.means(oneOf: synonyms(of: $0, from: place))
        }
        for lead in leads {
            guard let next = self.lead([lead.text], from: place)?.last?.place else { continue }
            let ends = meant(by: rest, at: next)
            if !ends.isEmpty { return ends.map { "\(lead.text).\($0)" } }
            let whole = ([lead.text] + rest)
            if find(Path(whole), from: place) != nil { return [whole.joined(separator: ".")] }
        }
        return []
    }

    /// Returns what the words of a filter mean at a place.
    fileprivate func words(at place: Place, today: CivilDate) -> FilterWords {
        FilterWords(
            records: { records(called: $0, at: place) },
            field: { field(called: $0, at: place) },
            closing: { closing(ofRecords: $0, from: place) },
            today: today
        )
    }

    /// Returns the path that a word is, or else the only one to a field that it means.
    private func field(called word: String, at place: Place) -> String? {
        if find(Path(word), from: place) != nil { return word }
        let names = word.split(separator: ".").map(String.init)
        let meant = meant(by: names[...], at: place).filter { find(Path($0), from: place) != nil }
        return meant.count == 1 ? meant[0] : nil
    }

    /// Returns the field that is set when records are closed.
    private func closing(ofRecords name: String, from place: Place) -> String? {
        let target = lead([name], from: place)?.last?.place.module
        return ["closed_on", "closed_at"].first { target?.field($0) != nil }
    }

    /// Returns the name of the related records that a word means at a place; `nil` for a word that means a field, and
    /// for any other word.
    private func records(called word: String, at place: Place) -> String? {
        let isWritten = lead([word], from: place)?.last != nil
        let meant = isWritten ? [word] : meant(by: [word], at: place)
        guard let name = meant.first, meant.count == 1, place.module.position(of: name) == nil,
            lead([name], from: place)?.last != nil
        else { return nil }
        return name
    }

    /// Returns the other words for a name: for a field, or for the records of a module that it leads to.
    private func synonyms(of name: PathName, from place: Place) -> [String] {
        let records = name.isIncomplete ? lead([name.text], from: place)?.last?.place.module.synonyms ?? [] : []
        return Field.synonyms(of: name.key, [name.label.en, name.label.es]) + records
    }

    /// Returns suggestions for an unknown name, or for several names joined by dots.
    fileprivate func near(_ name: String, at place: Place) -> [String] {
        let names = name.split(separator: ".").map(String.init)
        let leads = leads(from: place).map(\.text)
        if let first = names.first, names.count > 1 {
            let paths = nearestWords(to: first, among: leads).map { [$0] + names.dropFirst() }
                .filter { find(Path($0), from: place) != nil }
            if !paths.isEmpty { return paths.map { $0.joined(separator: ".") } }
        }
        let ways = ways(toField: names.last ?? name, along: leads, from: place)
        return ways.isEmpty ? nearestWords(to: name, among: self.names(at: place).map(\.text)) : ways
    }

    /// Returns up to three paths of one step to fields with a key in other modules.
    private func ways(toField key: String, along leads: [String], from place: Place) -> [String] {
        Array(
            leads.lazy.compactMap { name in
                let attribute = lead([name], from: place)?.last?.place.attribute(key)
                return attribute.map { "\(name).\($0.field.key)" }
            }.prefix(3)
        )
    }
}

extension PathName {
    /// The key of the field at the end of the name.
    fileprivate var key: String { text.split(separator: ".").last.map(String.init) ?? text }
}

extension String {
    fileprivate var firstWord: String { split(separator: " ").first.map(String.init) ?? self }
    fileprivate var isOfSeveralWords: Bool { contains { " -_".contains($0) } }
}
