import Localization

/// What is known of the columns of an input.
struct InputColumns {
    let plans: RowPlans
    /// The names of the current columns, and what these mean.
    var names: [String] = []
    var plan = RowPlan()
    /// The notice about ambiguous numbers.
    var numbers: Text?

    init(_ plans: RowPlans) { self.plans = plans }

    /// Notices for the user about the header.
    var notices: [Text] { names.isEmpty ? [] : plans.unmet + plans.homelessDates }
}
