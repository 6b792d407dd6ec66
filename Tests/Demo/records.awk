#!/usr/bin/awk -f
# Prints invented records of one KIND as CSV: organizations, contacts, assets, or links of every contact with every
# asset. The same every time, with any awk: the numbers come from a generator of its own (Park and Miller, 1988).
#
# Up to 84 organizations and 400 contacts no two have one name, so that names and e-mails can be used as references.

BEGIN {
    organizations = 40; contacts = 250; assets = 400
    split("Northgate,Riverside,Valle Alto,Costa Azul,Old Mill,Tres Ríos,Cerro Verde,Lakeside,El Faro,Hilltop," \
        "La Alameda,Eastwood", places, ",")
    split("Bakery:food_and_beverage,Clinic:healthcare,Consultores:consulting,Editorial:media,Energía:energy," \
        "Escuela:education,Foundry:manufacturing,Hotel:hospitality,Imprenta:media,Insurance:insurance," \
        "Logística:transportation,Software:technology,Talleres:machinery,Telecom:telecommunications", trades, ",")
    split("Ana,Luis,María,José,Carmen,Iván,Sofía,Raúl,Elena,Tomás,Emma,James,Olivia,Peter,Ruth,Samuel,Íñigo,Nadia," \
        "Kenji,Ingrid", first_names, ",")
    split("Ruiz,Vega,Núñez,Ortega,Campos,Ibarra,Salas,Peña,Marsh,Cole,Baker,Hale,Novak,Tanaka,Lind,Osei,Quiroga," \
        "Fuentes,Zamora,Ávila", last_names, ",")
    state = 20260302
    if (KIND == "organizations") print_organizations()
    if (KIND == "contacts") print_contacts()
    if (KIND == "assets") print_assets()
    if (KIND == "links") print_links()
}

function print_organizations(    i) {
    print "name,industry,type,website,employees"
    for (i = 0; i < organizations; i++)
        print organization(i) "," industry(i) "," pick("customer,prospect,partner,reseller") "," domain(i) "," \
            5 + random(900)
}

function print_contacts(    i, home) {
    print "first_name,last_name,email,organization.name,title,department,mobile,lead_source"
    for (i = 0; i < contacts; i++) {
        home = home_of(i)
        print first_name(i) "," last_name(i) "," email(i) "," organization(home) "," \
            pick("Buyer,Engineer,Accountant,Manager,Director,Technician,Editor") "," \
            pick("Purchasing,Operations,Finance,Support,Sales") "," sprintf("55 5501 %04d", i + 1) "," \
            pick("web_site,trade_show,word_of_mouth,partner")
    }
}

function print_assets(    i, kind) {
    print "name,serial,value,location,in_service_on"
    for (i = 0; i < assets; i++) {
        split(pick("Laptop:1200,Monitor:240,Phone:600,Printer:380,Scanner:310,Projector:720,Tablet:450,Dock:160"), \
            kind, ":")
        print kind[1] "," serial(i) "," sprintf("%d.%02d", kind[2] + random(90), random(100)) "," \
            pick("Main office,Warehouse,Branch,Home") "," sprintf("2025-%02d-%02d", 1 + random(12), 1 + random(28))
    }
}

function print_links(    i, j) {
    print "contact.email,asset.serial,role,since"
    for (j = 0; j < assets; j++)
        for (i = 0; i < contacts; i++)
            print email(i) "," serial(j) "," (i == j % contacts ? "custodian" : "user") "," \
                sprintf("2026-%02d-%02d", 1 + random(6), 1 + random(28))
}

function trade(i, part,    words) { split(trades[1 + i % 14], words, ":"); return words[part] }
function organization(i) { return trade(i, 1) " " places[1 + i % 12] }
function industry(i) { return trade(i, 2) }
function domain(i) { return ascii(organization(i)) ".example.org" }
function first_name(i) { return first_names[1 + i % 20] }
function last_name(i) { return last_names[1 + (i + int(i / 20)) % 20] }
function home_of(i) { return (i * 7 + int(i / 40) * 3) % organizations }
function email(i) { return ascii(first_name(i) "." last_name(i)) "@" domain(home_of(i)) }
function serial(i) { return sprintf("SN-%04d", i + 1) }

function random(below) {
    state = (state * 16807) % 2147483647
    return int(state / 2147483647 * below)
}

function pick(list,    words, count) {
    count = split(list, words, ",")
    return words[1 + random(count)]
}

# What an address can be made of.
function ascii(text) {
    gsub(/á/, "a", text); gsub(/é/, "e", text); gsub(/í/, "i", text); gsub(/ó/, "o", text); gsub(/ú/, "u", text)
    gsub(/ñ/, "n", text); gsub(/Á/, "a", text); gsub(/Í/, "i", text); gsub(/ /, "-", text)
    return tolower(text)
}
