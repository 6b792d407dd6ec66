import Localization
import SQLite

extension Store {
    /// Returns the saved views, by module and name.
    ///
    /// - Parameter module: the module of the views; `nil` for all views.
    public func views(of module: ModuleName? = nil) throws(CRMError) -> [View] {
        try translating {
            let table = Module.savedView
            let columns = table.fields.map { SQLFragment.name($0.key) }.joined(", ")
            let rows = try statement(
                "SELECT \(columns) FROM \(name: table.table) ORDER BY \(name: "module_name"), \(name: "external_id")"
            )
            defer { rows.reset() }
            var views: [View] = []
            while try rows.step() {
                let record = Record(table, values: table.fields.indices.map { rows.value(at: $0) })
                guard let view = View(record), registry.names.contains(view.module) else { continue }
                if module == nil || view.module == module { views.append(view) }
            }
            return views
        }
    }

    /// Returns the view with a name, regardless of case and accents.
    ///
    /// - Throws: ``CRMError`` `notFound` if the module has no view with the name.
    public func view(_ name: String, of module: ModuleName) throws(CRMError) -> View {
        try checkModule(module)
        let views = try views(of: module)
        let identity = View(of: module, name: name, filters: [], sort: [], columns: []).identity
        if let view = views.first(where: { $0.identity == identity }) { return view }
        let list = views.map(\.name).joined(separator: ", ")
        let lead = "\(ProgramName.placeholder) view save \(module.noun)"
        throw CRMError(
            .notFound,
            Text(
                en: "\(registry[module].several.en) have no view called \(name)",
                es: "no hay una vista de \(registry[module].several.es) llamada \(name)"
            ),
            hint: list.isEmpty
                ? Text(en: "save one with: \(lead) NAME --where …", es: "guardar una con: \(lead) NOMBRE --where …")
                : Text(en: "there are: \(list)", es: "hay: \(list)"),
            module: module,
            reference: name
        )
    }

    /// Returns the view with a name after checking that it can be used.
    ///
    /// - Throws: what ``view(_:of:)`` and ``check(_:)`` throw.
    public func usableView(_ name: String, of module: Module) throws(CRMError) -> View {
        let view = try view(name, of: module.name)
        try check(view)
        return view
    }

    /// Returns the filters of a view; none when no view is named.
    ///
    /// - Throws: what ``usableView(_:of:)`` throws.
    public func filters(ofView name: String?, of module: Module) throws(CRMError) -> [String] {
        guard let name else { return [] }
        return try usableView(name, of: module).filters
    }

    /// Checks that a view can still be used; it may refer to a field that was removed since.
    ///
    /// - Throws: ``CRMError`` `usage` with the name of the view and what is wrong with it.
    public func check(_ view: View) throws(CRMError) {
        do {
            try prepare(view)
        } catch {
            throw error.code == .usage ? unusable(view, because: error) : error
        }
    }

    /// Resolves the filters, sort keys and columns of a view, without reading any record.
    fileprivate func prepare(_ view: View) throws(CRMError) {
        var query = try list(registry[view.module])
        query.filters = view.filters
        query.sort = view.sort
        query.columns = view.columns.isEmpty ? ["id"] : view.columns
        _ = try query.rows(in: self)
    }

    /// Returns the views that can be used, of all modules.
    func usableViews() throws(CRMError) -> [View] {
        var usable: [View] = []
        for view in try views() {
            do throws(CRMError) {
                try prepare(view)
                usable.append(view)
            } catch {
                guard error.code == .usage else { throw error }
            }
        }
        return usable
    }

    private func unusable(_ view: View, because error: CRMError) -> CRMError {
        let lead = "\(ProgramName.placeholder) view"
        let named = "\(view.module.noun) \(view.name)"
        let several = registry[view.module].several
        return CRMError(
            .usage,
            Text(
                en: "the view \(view.name) of \(several.en) cannot be used: \(error.message.en)",
                es: "la vista \(view.name) de \(several.es) no se puede usar: \(error.message.es)"
            ),
            hint: Text(
                en: "save it anew with: \(lead) save \(named) …; or remove it with: \(lead) remove \(named)",
                es: "guardarla de nuevo con: \(lead) save \(named) …; o quitarla con: \(lead) remove \(named)"
            ),
            module: view.module,
            reference: view.name,
            details: error.details
        )
    }
}

extension Transaction {
    /// Saves a view, replacing one with the same name.
    ///
    /// - Returns: whether there was one with the name.
    /// - Throws: ``CRMError`` `usage` for a filter, a sort key or a column that cannot be resolved.
    public func save(_ view: View) throws -> Bool {
        try store.checkModule(view.module)
        try Self.checkViewName(view.name)
        try store.prepare(view)
        let inputs = [
            FieldInput("module_name", .set(view.module.rawValue)), FieldInput("title", .set(view.name)),
            FieldInput("filter", .set(view.filter)), FieldInput("sort_keys", .set(view.sort.joined(separator: ","))),
            FieldInput("column_paths", .set(view.columns.joined(separator: ","))),
        ]
        let former = try id(of: view)
        try Self.describingErrors(of: view) {
            if let former { _ = try edit(.savedView, id: former, inputs) } else { _ = try add(.savedView, inputs) }
        }
        return former != nil
    }

    /// Writes the record of a view. An error is told in the words of the view, which is no record to the user.
    private static func describingErrors(of view: View, _ write: () throws -> Void) throws {
        do {
            try write()
        } catch var error as CRMError where error.module == .savedView {
            let keys = ["title": "name", "filter": "where", "sort_keys": "sort", "column_paths": "columns"]
            error.message = Text(en: "cannot save the view", es: "no se puede guardar la vista")
            (error.module, error.reference) = (view.module, view.name)
            error.problems = error.problems.map { problem in
                CRMError.Problem(
                    field: keys[problem.field] ?? problem.field,
                    value: problem.value,
                    reason: problem.reason
                )
            }
            throw error
        }
    }

    /// Returns the new order and the new columns of a view that comes as a record, where they lead nowhere. A filter is
    /// read with the record: its words need not be names.
    func straying(in draft: Draft) throws -> [FieldProblem] {
        // Other modules may have millions of records, and no filters.
        guard !draft.module.filterPositions.isEmpty, let view = View(draft.record),
            let module = store.registry.find(view.module)
        else { return [] }
        let given: [(key: String, sort: [String], columns: [String])] = [
            ("sort_keys", view.sort, []), ("column_paths", [], view.columns),
        ]
        var problems: [FieldProblem] = []
        for (key, sort, columns) in given where draft[key] != draft.original?[key] ?? .null {
            do throws(CRMError) {
                try store.prepare(View(of: view.module, name: view.name, filters: [], sort: sort, columns: columns))
            } catch {
                guard error.code == .usage else { throw error }
                let reason = Text(
                    en: "in the view \(view.name) of \(module.several.en): \(error.message.en)",
                    es: "en la vista \(view.name) de \(module.several.es): \(error.message.es)"
                )
                let problem = CRMError.Problem(field: key, value: draft[key].text, reason: reason)
                problems.append(FieldProblem(problem: problem, cause: nil))
            }
        }
        return problems
    }

    private static func checkViewName(_ name: String) throws(CRMError) {
        guard name.trimmed.isEmpty else { return }
        throw CRMError(.usage, Text(en: "a view needs a name", es: "una vista necesita un nombre"))
    }

    /// Removes a view.
    ///
    /// - Throws: ``CRMError`` `notFound` if the module has no view with the name.
    public func removeView(_ name: String, of module: ModuleName) throws {
        let view = try store.view(name, of: module)
        if let id = try id(of: view) { try delete(.savedView, id: id, reach: .alone) }
    }

    /// Renames a view.
    ///
    /// - Throws: ``CRMError`` `notFound` if the module has no view with the name, `refused` if it already has one with
    ///   the new name.
    public func renameView(_ name: String, of module: ModuleName, to other: String) throws -> View {
        let view = try store.view(name, of: module)
        try Self.checkViewName(other)
        let renamed = View(of: module, name: other, filters: view.filters, sort: view.sort, columns: view.columns)
        if renamed.identity != view.identity, try id(of: renamed) != nil {
            throw CRMError(
                .refused,
                Text(
                    en: "\(store.registry[module].several.en) have a view called \(other) already",
                    es: "ya hay una vista de \(store.registry[module].several.es) llamada \(other)"
                ),
                module: module,
                reference: other
            )
        }
        if let id = try id(of: view) {
            try Self.describingErrors(of: renamed) {
                _ = try edit(.savedView, id: id, [FieldInput("title", .set(other))])
            }
        }
        return renamed
    }

    /// Calls a body that changes definitions.
    ///
    /// - Returns: the views that cannot be used any more after it.
    public func viewsLost(by body: () throws -> Void) throws -> [View] {
        let usable = try store.usableViews()
        try body()
        let rest = Set(try store.usableViews().map(\.identity))
        return usable.filter { !rest.contains($0.identity) }
    }

    /// Quotes words in the filters of views that have become the name of a field, where a field is compared with the
    /// word as a value. The views keep their meaning that way.
    ///
    /// - Parameter former: the registry before the change.
    func keepMeaning(ofViewsSince former: Registry) throws {
        let words = ShadowedWords(former: former, present: store.registry)
        for view in try store.views() {
            guard let filter = words.quoted(view.filter, of: view.module), let id = try id(of: view) else { continue }
            _ = try edit(.savedView, id: id, [FieldInput("filter", .set(filter))])
        }
    }

    private func id(of view: View) throws -> Int64? {
        let query: SQLFragment = """
            SELECT "id" FROM \(name: Module.savedView.table) WHERE "external_id" = \(bind: .text(view.identity))
            """
        return try store.database.scalar(query.sql, query.bindings)?.integer
    }
}
