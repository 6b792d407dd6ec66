/// A column whose cells say by themselves what a field of a row of a part holds.
struct PlainColumn {
    /// The index of the column's cells.
    let cell: Int
    /// The position of the column's field.
    let position: Int
    let type: FieldType
    /// The type whose ``FieldTypeDefinition/plainValue(of:)`` may read the cell.
    let definition: (any FieldTypeDefinition)?
    /// The module that a reference names a record of, and by which key.
    let target: Module?
    let prefix: String?
    /// Whether people may write a unit behind the number.
    let hasUnit: Bool

    /// Returns the columns of a plan that hold fields of a part.
    ///
    /// - Returns: `nil` when the cells of one of them need more than plain reading.
    static func all(of plan: RowPlan, in part: Part, module: (ModuleName) -> Module) -> [PlainColumn]? {
        var plain: [PlainColumn] = []
        for (index, column) in plan.columns.enumerated() {
            guard case .cell(let cell) = column else { continue }
            switch cell.meaning {
            case .position, .nothing: continue
            case .record, .recordField, .taxes, .textOnly: return nil
            case .field(let word, let prefix):
                guard let field = part.field(called: word, given: ""), field.variants == nil,
                    field.type != .anyReference,
                    part.field(called: word, given: "%")?.key == field.key, let position = part.position(of: field.key),
                    !plain.contains(where: { $0.position == position })
                else { return nil }
                plain.append(
                    PlainColumn(
                        cell: index,
                        position: position,
                        type: field.type,
                        definition: field.emptyOverride == nil ? field.type.definition : nil,
                        target: field.type.target.map(module),
                        prefix: prefix,
                        hasUnit: field.unit != nil
                    )
                )
            }
        }
        return plain
    }
}
