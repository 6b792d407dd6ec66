import Localization

/// What the rows of an import show that the user should know.
struct RowFindings {
    /// The rows that repeat the header or hold sums.
    var passedOver = PassedOverLines()
    /// The lines of the rows of other modules, according to a column.
    private var others: [ModuleName: Tally] = [:]
    /// The lines of rows that hold something in columns alone that were passed over.
    private var blanks = Tally()
    /// The lines of rows with a name alone, and the number of other rows.
    private var lone = Tally()
    private var full = 0
    /// Whether the cells of the first column were merged.
    private var merged = MergedCells()
    /// Rows that may belong to another record than the one they were joined to.
    var joined = RowPairs()
    /// Rows that begin a record though they have the name of the one before.
    var parted = RowPairs()
    /// The values that were not stored as written.
    var told = ImportWarnings()
    /// The rows of parts that records had and the input does not.
    var removed = RemovedRows()
    /// The first record that somebody else had in the role of a row's link.
    var former: FormerHolder?

    /// Skips a row that is not a record of the module.
    ///
    /// - Parameter sums: the sums of the rows before, which begin anew below one that holds them.
    /// - Returns: whether it is none.
    mutating func passOver(_ row: InputRow, _ plan: RowPlan, below sums: inout RunningSums) -> Bool {
        if plan.otherHeader?.isMet(by: row) == true {
            passedOver.headers.add(row.line)
        } else if plan.isTotal(row, below: sums) {
            sums.pass()
            passedOver.totals.add(row.line)
        } else if let other = plan.otherModule(row) {
            others[other, default: Tally()].add(row.line)
        } else if plan.isBlank(row) {
            blanks.add(row.line)
        } else {
            return false
        }
        return true
    }

    /// Notes a row that is taken for a record of a module.
    mutating func note(_ row: InputRow, _ plan: RowPlan, in module: Module) {
        if plan.isLone(row, in: module) { lone.add(row.line) } else { full += 1 }
        if plan.part == nil, plan.author != .export { merged.note(row, under: plan.columns) }
    }
}

/// What the user is told about the rows.
extension RowFindings {
    /// Returns the notices about rows that are not records.
    ///
    /// - Parameter areTaken: whether the rows that were not rejected are records now.
    func ofRows(in registry: Registry, areTaken: Bool) -> [Text] {
        let ofBlanks = blanks.notice {
            Text(
                en: "passed over line \($0), which holds nothing in the columns that are taken",
                es: "se omitió la línea \($0), que no contiene nada en las columnas que se toman"
            )
        } many: {
            Text(
                en: "passed over \($0) rows that hold nothing in the columns that are taken: lines \($1)",
                es: "se omitieron \($0) filas sin nada en las columnas que se toman: líneas \($1)"
            )
        }
        // If all rows are so, the table is a list of names.
        let ofLone =
            full == 0 || !areTaken
            ? nil
            : lone.notice {
                Text(
                    en:
                        "line \($0) has a name and nothing else, and is taken: delete the record if it is a heading or a footer",
                    es: """
                        la línea \($0) tiene un nombre y nada más, y se toma: borrar el registro si es un encabezado de grupo o \
                        un pie
                        """
                )
            } many: {
                Text(
                    en: """
                        \($0) rows have a name and nothing else, and are taken, lines \($1): delete the records if they are \
                        headings or footers
                        """,
                    es: """
                        \($0) filas tienen un nombre y nada más, y se toman, líneas \($1): borrar los registros si son \
                        encabezados de grupo o pies
                        """
                )
            }
        let ofOthers = others.sorted { $0.key.rawValue < $1.key.rawValue }.compactMap { name, lines in
            let (several, noun) = (registry[name].several, name.noun)
            let remedy = Text(
                en: "'\(ProgramName.placeholder) \(noun) import' takes them",
                es: "«\(ProgramName.placeholder) \(noun) import» las toma"
            )
            return lines.notice {
                Text(
                    en: "passed over line \($0), which is of \(several.en): \(remedy.en)",
                    es: "se omitió la línea \($0), que es de \(several.es): \(remedy.es)"
                )
            } many: {
                Text(
                    en: "passed over \($0) rows of \(several.en), lines \($1): \(remedy.en)",
                    es: "se omitieron \($0) filas de \(several.es), líneas \($1): \(remedy.es)"
                )
            }
        }
        return passedOver.notices + [ofBlanks, ofLone, merged.notice].compactMap(\.self) + ofOthers
    }

    /// Returns the notice about a record that somebody else keeps in the role of a row's link; `nil` if there is none.
    func ofFormer(in registry: Registry) -> Text? {
        guard let former else { return nil }
        let called = registry[former.module].called(former.record)
        let contact = registry[registry.center].called(former.contact)
        return Text(
            en: """
                \(called.en) keeps \(contact.en) in the same role, beside whom the input names: --replace ends the links of \
                those whose place others take
                """,
            es: """
                \(called.es) conserva el vínculo con \(contact.es) en el mismo rol, junto al de la entrada: --replace termina \
                los de aquellos cuyo lugar toman otros
                """
        )
    }
}
