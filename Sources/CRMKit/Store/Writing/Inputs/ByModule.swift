/// What is found out once of each module. The one asked for last is at hand: rows come in millions, mostly of one module.
struct ByModule<Value> {
    private var values: [ModuleName: Value] = [:]
    private var last: (module: Module, value: Value)?

    /// The value for a module; `nil` if it has yet to be determined.
    subscript(module: Module) -> Value? {
        mutating get {
            if let last, last.module === module { return last.value }
            guard let value = values[module.name] else { return nil }
            last = (module, value)
            return value
        }
        set {
            values[module.name] = newValue
            last = newValue.map { (module, $0) }
        }
    }
}
