import Testing

/// Exports of vtiger in Spanish, whose labels differ between Mexico and Spain.
@Suite struct VtigerSpanishTests: ImportingSuite {
    let crm: CRM

    init() throws { crm = try CRM() }

    // MARK: - What the labels mean

    @Test(
        "The labels of Mexico and of Spain mean the fields that they name",
        arguments: [
            ("contact", "Id del Contacto", "external_id"), ("contact", "Contacto Id", "external_id"),
            ("contact", "Cuenta", "organization.name"), ("contact", "Teléfono Empresa", "phone"),
            ("contact", "De Correo Electrónico Principal", "email"),
            ("contact", "Correo Electrónico Secundaria", "email_secondary"),
            ("contact", "Teléfono del o la asistente", "assistant_phone"),
            ("contact", "Teléfono de Asistente", "assistant_phone"), ("contact", "No Enviar Email", "email_opt_out"),
            ("contact", "Fecha de inicio del Soporte", "support_start"),
            ("contact", "Fecha de término del Soporte", "support_end"),
            ("contact", "Origen de Prospecto", "lead_source"), ("contact", "Origen de Pre-Contacto", "lead_source"),
            ("contact", "Dirección (Factura)", "address.billing.street"),
            ("contact", "Deleg./Mpio. (Factura)", "address.billing.city"),
            ("contact", "Población (Factura)", "address.billing.city"),
            ("contact", "Estado (Factura)", "address.billing.state"),
            ("contact", "Provincia (Factura)", "address.billing.state"),
            ("contact", "Código postal (Factura)", "address.billing.postal_code"),
            ("contact", "País (Factura)", "address.billing.country"),
            ("contact", "Colonia (Factura)", "address.billing.neighborhood"),
            ("contact", "Apdo de Correos (Factura)", "address.billing.po_box"),
            ("contact", "Ciudad (Facturación)", "address.billing.city"),
            ("contact", "Dirección (Envío)", "address.shipping.street"),
            ("contact", "Población (Envío)", "address.shipping.city"),
            ("contact", "Colonia de envío", "address.shipping.neighborhood"),
            ("organization", "Correo electrónico principal", "email"), ("organization", "Actividad", "industry"),
            ("organization", "Industria", "industry"), ("organization", "Clasificación", "rating"),
            ("organization", "Email (Alternativo)", "point.email"),
            ("opportunity", "Nombre de la organización", "organization.name"),
            ("opportunity", "Fecha esperada de cierre", "close_date"),
            ("opportunity", "Campaña origen", "campaign.name"), ("opportunity", "Origen de Prospecto", "lead_source"),
            ("opportunity", "Nombre De Contacto", "contact.name"),
            ("product", "Producto activo", "active"), ("product", "Categoría de Producto", "category"),
            ("product", "Categoría Producto", "category"), ("product", "Unidad de uso", "unit"),
            ("product", "Nivel de pedido", "reorder_level"), ("product", "Fecha de inicio de venta", "sales_start"),
            ("product", "Fecha de retirada del mercado", "sales_end"), ("product", "Página Web", "website"),
            ("service", "Servicio activo", "active"), ("service", "Categoría de Servicio", "category"),
            ("service", "Unidades de consumo", "unit"), ("service", "Fecha de inicio de soporte", "start_date"),
            ("service", "Owner", "assigned_to"),
            ("asset", "Número del Activo", "asset_number"), ("asset", "Número Recurso", "asset_number"),
            ("asset", "Nombre Recurso", "name"), ("asset", "Número serie", "serial"),
            ("asset", "Producto", "product.name"), ("asset", "Fecha de instalación", "in_service_on"),
            ("asset", "Etiquetado", "tag_number"), ("asset", "Instalado en", "organization.name"),
            ("asset", "Adquirido por", "organization.name"), ("asset", "Nombre de contacto", "contact.name"),
            ("case", "Importancia", "severity"), ("case", "Urgencia", "severity"),
            ("case", "Nombre de Contacto", "contact.name"), ("case", "Título Incidencia", "title"),
            ("case", "Producto", "product.name"), ("case", "Contratos de servicio", "contract.name"),
            ("quote", "Estado de la Cotización", "stage"), ("quote", "Fase de Presupuesto", "stage"),
            ("quote", "Condiciones Generales", "terms"), ("quote", "Cuenta", "organization.name"),
            ("quote", "Importe de envío y manejo", "shipping"), ("quote", "Descuento en importe", "discount_amount"),
            ("sales-order", "Referencia de la cotización", "quote.name"),
            ("sales-order", "Orden de compra", "customer_po"), ("sales-order", "Fecha de pago", "due_date"),
            ("purchase-order", "Nº de seguimiento", "tracking_no"), ("purchase-order", "Fecha Vencimiento", "due_date"),
            ("event", "Fecha y Hora Inicio", "starts_at"), ("event", "Fecha y hora de término", "ends_at"),
            ("event", "Tipo de Evento", "kind"), ("event", "Localización", "location"),
            ("event", "En relación con", "about.name"),
            ("campaign", "Tipo de campaña", "type"), ("campaign", "Estado Campaña", "status"),
            ("campaign", "Fecha estimada de cierre", "closing_date"), ("campaign", "Cantidad objetivo", "target_size"),
            ("campaign", "Coste Estimado", "budget"), ("campaign", "Beneficio estimado", "expected_revenue"),
            ("campaign", "Estimación de respuestas", "expected_response_count"),
            ("contract", "Fecha de finalización", "end_date"), ("contract", "Total Unidades", "total_units"),
            ("contract", "Unidades consumidas", "used_units"),
            ("project", "Fecha fin prevista", "target_end_date"), ("project", "Fecha fin real", "actual_end_date"),
            ("project", "Presupuesto inicial", "budget"), ("project", "URL de Proyecto", "url"),
            ("document", "Asunto", "title"), ("document", "Nombre de carpeta", "folder"),
            ("comment", "Creador", "author"),
            ("contact", "Id Contacto", "external_id"), ("contact", "Tel. otro", "other_phone"),
            ("contact", "Tel. de asistente", "assistant_phone"), ("contact", "Correo adicional", "email_secondary"),
            ("contact", "Origen del Prospecto", "lead_source"), ("contact", "Notificar al asignado", "-"),
            ("contact", "Acceso a portal clientes", "-"), ("contact", "Fecha inicio de soporte", "support_start"),
            ("contact", "Fecha fin de soporte", "support_end"),
            ("contact", "Municipio/Alcaldía (Factura)", "address.billing.city"),
            ("contact", "Municipio/Alcaldía (Envío)", "address.shipping.city"),
            ("contact", "Municipio/Alcaldía de envío", "address.shipping.city"),
            ("contact", "Municipio/Alcaldía de facturación", "address.billing.city"),
            ("contact", "Municipio/Alcaldía (Otra)", "address.other.city"),
            ("contact", "Dirección (Otra)", "address.other.street"),
            ("contact", "Colonia (Otra)", "address.other.neighborhood"),
            ("organization", "Id Cuenta", "external_id"), ("organization", "Tel. principal", "phone"),
            ("organization", "Tel. adicional", "point.phone"), ("organization", "Correo adicional", "point.email"),
            ("organization", "Notificar al asignado", "-"),
            ("opportunity", "Id Oportunidad", "external_id"), ("opportunity", "Probabilidad de venta", "probability"),
            ("opportunity", "Monto proyectado", "-"), ("opportunity", "Origen del Prospecto", "lead_source"),
            ("case", "Id Caso", "number"), ("quote", "Id Cotización", "number"),
            ("quote", "Validez hasta", "valid_until"), ("product", "Id Producto", "external_id"),
            ("product", "Num. de Pieza del proveedor", "-"), ("product", "Num. de Pieza del fabricante", "-"),
            ("product", "Vendor PartNo", "-"), ("asset", "Cuenta", "organization.name"),
            ("contract", "Unidad base", "tracking_unit"), ("contract", "Fecha de expiración", "end_date"),
            ("campaign", "Id Campaña", "external_id"),
        ]
    )
    func labels(noun: String, header: String, field: String) throws {
        #expect(try mapping("Fecha de creación,\(header)", as: noun).last == field)
    }

    @Test(
        "The number of a record is known by every name that it has",
        arguments: [
            ("organization", "Organization Number", "external_id"),
            ("opportunity", "Opportunity Number", "external_id"), ("opportunity", "Número Oportunidad", "external_id"),
            ("product", "Product Number", "external_id"), ("product", "Núm. de Producto", "external_id"),
            ("product", "Número Producto", "external_id"), ("service", "Service Number", "external_id"),
            ("service", "Número de Servicio", "external_id"), ("asset", "Asset Number", "asset_number"),
            ("case", "Ticket Number", "number"), ("case", "Núm. de Caso", "number"),
            ("case", "Número Incidencia", "number"), ("quote", "Quote No", "number"),
            ("quote", "Quote Number", "number"), ("quote", "No. de Cotización", "number"),
            ("quote", "Número Presupuesto", "number"), ("sales-order", "SalesOrder No", "number"),
            ("sales-order", "Sales Order Number", "number"), ("sales-order", "Nº de Pedido", "number"),
            ("sales-order", "Número Orden Venta", "number"), ("purchase-order", "Purchase Order No", "number"),
            ("purchase-order", "Purchase Order Number", "number"),
            ("purchase-order", "No. de Orden de compra", "number"), ("purchase-order", "Número Orden Compra", "number"),
            ("campaign", "Campaign Number", "external_id"), ("campaign", "Núm. de campaña", "external_id"),
            ("contract", "Contract Number", "number"), ("contract", "Número de Contrato", "number"),
            ("project", "Project Number", "external_id"), ("project", "Nº de Proyecto", "external_id"),
            ("document", "Document Number", "external_id"), ("document", "Número de documento", "external_id"),
        ]
    )
    func numbers(noun: String, header: String, field: String) throws {
        #expect(try mapping("Created Time,\(header)", as: noun).last == field)
    }

    @Test(
        "A common word has the meaning of vtiger beside columns of vtiger alone",
        arguments: [
            ("case", "Referencia,Importancia", "title,severity"), ("case", "Referencia,Título", "(unknown),title"),
            ("organization", "Nombre de Cuenta,Número de Cuenta", "name,external_id"),
            ("organization", "Nombre,Número de Cuenta", "name,(unknown)"),
            ("contact", "Apellidos,Fuente", "last_name,(unknown)"),
            ("contact", "Apellidos,Fuente,Creado por", "last_name,-,-"),
            ("contract", "Fecha de finalización,Fecha de pago", "description +,end_date"),
            (
                "quote", "Descuento %,Porcentaje Descuento,Nombre Elemento",
                "discount_percent,line.discount_percent,line.product / service"
            ),
            ("sales-order", "Nº de Pedido,Referencia del Pedido", "number,-"),
            ("purchase-order", "No. de Orden de compra,Referencia del pedido", "number,requisition_no"),
            ("quote", "Id Cotización,Estado,Municipio/Alcaldía de envío", "number,stage,description +"),
            ("quote", "Asunto,Estado", "subject,(unknown)"),
            ("case", "Id Caso,Nombre de la organización", "number,description +"),
            ("contract", "Fecha de finalización,Fecha de expiración", "description +,end_date"),
            ("product", "Nombre,Proveedor", "name,(unknown)"),
            ("product", "Id Producto,Proveedor,Cantidad pedida,Cuenta contable", "external_id,description +,-,-"),
            ("asset", "Nombre,Factura", "name,(unknown)"),
            ("asset", "Número del Activo,Factura,Forma de envío,Adquirido por", "asset_number,-,-,organization.name"),
            (
                "sales-order", "Nº de Pedido,Código del cliente,Pendiente,Comisión de ventas,Arancel,Facturar desde",
                "number,-,-,-,-,-"
            ),
        ]
    )
    func words(noun: String, header: String, fields: String) throws {
        #expect(try mapping(header, as: noun).joined(separator: ",") == fields)
    }

    // MARK: - Whole tables

    @Test(
        "People come in with the addresses of their invoices and deliveries",
        arguments: [
            (
                """
                Nombre,Apellidos,Id del Contacto,Tel. Empresa,Correo electrónico principal,Dirección (Factura),\
                Colonia (Factura),Deleg./Mpio. (Factura),Estado (Factura),Código postal (Factura),País (Factura),\
                Dirección (Envío),Referencias,Notificar al propietario,Fecha de modificación,Fuente,Creado por
                """,
                "Reforma 1|Juárez|Cuauhtémoc|06600"
            ),
            (
                """
                Nombre,Apellido,Contacto Id,Teléfono Empresa,De Correo Electrónico Principal,Dirección (Factura),\
                Apdo de Correos (Factura),Población (Factura),Provincia (Factura),Código Postal (Factura),\
                País (Factura),Dirección (Envío),Referencias,Notificar Propietario,Fecha de Modificación,Fuente,\
                Modificado por
                """, "Reforma 1||Cuauhtémoc|06600"
            ),
        ]
    )
    func people(header: String, place: String) throws {
        let row = """
            Ana,Ruiz,CON1,5555010001,ana@example.org,Reforma 1,Juárez,Cuauhtémoc,CDMX,06600,México,Norte 4,1,0,\
            2026-01-02 10:00:00,CRM,admin
            """
        let result = try importing("\(header)\n\(row)\n", as: "contact")
        #expect(result.status == 0, "\(result.errors)")
        let stored = "SELECT first_name, last_name, external_id, phone, email FROM contact"
        #expect(try crm.sql(stored) == "Ana|Ruiz|CON1|5555010001|ana@example.org")
        let places = "SELECT street, neighborhood, city, postal_code FROM address ORDER BY id LIMIT 1"
        #expect(try crm.sql(places) == place)
        #expect(try crm.sql("SELECT count(*) FROM address") == "2")
    }

    @Test("An organization's addresses are told to be those of people, by every name that they have")
    func addressesOfOrganizations() throws {
        for name in ["Municipio/Alcaldía de facturación", "Dirección (Factura)", "Municipio/Alcaldía (Envío)"] {
            let result = try importing("Nombre,\(name)\nAcme,Centro\n", as: "organization")
            #expect(result.status == 6 && result.errors.contains("is of an address"), "\(result.errors)")
        }
    }

    @Test("People of the Mexican language come in whole")
    func mexicanPeople() throws {
        let rows = """
            Nombre,Apellidos,Tel. otro,Correo adicional,Id Contacto,Dirección (Envío),Municipio/Alcaldía (Envío),\
            Estado (Envío)
            Ana,Ruiz,5511115555,b@example.org,CON1,Sinaloa 5,Cuauhtémoc,CDMX

            """
        let result = try importing(rows, as: "contact")
        #expect(result.status == 0, "\(result.errors)")
        let stored = "SELECT other_phone, email_secondary, external_id FROM contact"
        #expect(try crm.sql(stored) == "5511115555|b@example.org|CON1")
        #expect(try crm.sql("SELECT street, city, state FROM address") == "Sinaloa 5|Cuauhtémoc|CDMX")
    }

    @Test(
        "A quote comes in with its items, discounts and taxes",
        arguments: [
            """
            No. de Cotización,Asunto,Estado de la Cotización,Cuenta,Nombre del elemento,Cantidad,Precio de venta,\
            Comentario al elemento,Impuesto1,Importe de envío y manejo,Moneda,Tasa de conversión,Pre impuesto total,\
            Dirección de facturación,Encargado del inventario,Venta
            """,
            """
            Número Presupuesto,Asunto,Fase de Presupuesto,Nombre Cuenta,Nombre Elemento,Cantidad,Precio de venta,\
            Comentario Artículo,Impuesto 1,Importe M&T,Moneda,Ratio Conversión,Pre Impuesto Total,Dirección (Factura),\
            Encargado del Inventario,Venta
            """,
        ]
    )
    func quote(header: String) throws {
        try crm.add("organization", "--name", "Acme")
        let row = "N7,Red,Created,Acme,Cable,2,100,azul,16,25,\"Mexico, Pesos\",1,225,Reforma 1,admin,0"
        let result = try importing("\(header)\n\(row)\n", as: "quote")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.contains("passed over the column"), "\(result.errors)")
        let shown = try crm.json("quote", "show", "1")
        #expect(shown["number"]?.string == "N7" && shown["currency"]?.string == "MXN")
        #expect(shown["shipping"]?.digits == "25.00" && shown["total"]?.digits == "257.00", "\(shown)")
    }

    @Test("What was refused comes in: opportunities, products, assets and cases of either country")
    func others() throws {
        try crm.add("contact", "--last-name", "Ruiz")
        try crm.add("organization", "--name", "Acme")
        let tables: [(noun: String, header: String, row: String, stored: String, value: String)] = [
            (
                "opportunity",
                "Núm. Oportunidad,Oportunidad,Nombre de la organización,Nombre del Contacto,Importe,Fecha estimada de cierre,Fase de venta,Ingresos ponderados",
                "POT1,Red,Acme,Ruiz,1500,2026-12-31,Calificando,300",
                "SELECT external_id, name, organization FROM opportunity", "POT1|Red|1"
            ),
            (
                "product",
                "Número Producto,Nombre Producto,Producto Activo,Nivel de pedido,Unidad de Uso,Cuenta contable",
                "PRO1,Cable,1,5,pieza,300", "SELECT external_id, name, active, reorder_level FROM product",
                "PRO1|Cable|1|5"
            ),
            (
                "asset",
                "Número del Activo,Nombre del Activo,Número de serie,Producto,Instalado en,Fecha de instalación",
                "A1,Equipo,S-9,Cable,Acme,2026-02-03",
                "SELECT asset_number, serial, product, organization, in_service_on FROM asset",
                "A1|S-9|1|1|2026-02-03"
            ),
            (
                "case", "Núm. de Caso,Referencia,Estado,Importancia,Nombre de Contacto,Proviene del portal",
                "TT7,No enciende,Open,Major,Ruiz,0", "SELECT number, title FROM \"case\"", "TT7|No enciende"
            ),
        ]
        for table in tables {
            let result = try importing("\(table.header)\n\(table.row)\n", as: table.noun)
            #expect(result.status == 0, "\(table.noun): \(result.errors)")
            let stored = try crm.sql(table.stored)
            #expect(stored.hasPrefix(table.value), "\(table.noun): \(stored)")
        }
    }
}
