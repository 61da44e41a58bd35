import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  ParseOption,
  XmlBufferInputProvider,
  XmlDocument,
  XsdValidator,
  xmlRegisterInputProvider,
} from 'libxml2-wasm'

const folder = join(import.meta.dirname, '../../../../shared/elm')
export const elmoFolder = join(folder, 'elmo')
export const examplesFolder = join(folder, 'examples')

/** The published schemas and examples lie beside the project; without them their tests are skipped, visibly. */
export const hasPublishedElmo = existsSync(join(elmoFolder, 'elmo-1.7.0.xsd'))

const xmlNamespaceSchema = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/XML/1998/namespace">
  <xs:attribute name="lang" type="xs:language"/>
</xs:schema>`

/** The address type imports types of others that are not kept; the elements of ELMO tested here do not use it. */
const addressSchema = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="https://github.com/erasmus-without-paper/ewp-specs-types-address/tree/stable-v1">
  <xs:complexType name="FlexibleAddress"><xs:sequence><xs:any minOccurs="0" maxOccurs="unbounded" processContents="skip"/></xs:sequence></xs:complexType>
</xs:schema>`

const read = (file: string) => readFileSync(join(elmoFolder, file))

/** Where the schemas say that the others lie, and what is handed out there. Nothing is fetched. */
const imports = (): Record<string, Uint8Array> => ({
  'http://www.w3.org/2001/03/xml.xsd': Buffer.from(xmlNamespaceSchema),
  'https://raw.githubusercontent.com/emrex-eu/elmo-schemas/v1/references/xmldsig-core-schema.xsd':
    Buffer.from(
      read('xmldsig-core-schema.xsd')
        .toString()
        .replace(/<!DOCTYPE[^[>]*(?:\[[^\]]*\])?>/, ''),
    ),
  'https://raw.githubusercontent.com/emrex-eu/elmo-schemas/v1/references/EUROPASS_ISOCountries_V1.1.xsd':
    read('EUROPASS_ISOCountries_V1.1.xsd'),
  'https://raw.githubusercontent.com/erasmus-without-paper/ewp-specs-types-address/stable-v1/schema.xsd':
    Buffer.from(addressSchema),
})

/** What the ELMO 1.7.0 schema finds wrong with a document; nothing when it is valid. */
export function openElmoValidator(): (xml: string) => string[] {
  xmlRegisterInputProvider(new XmlBufferInputProvider(imports()))
  const schema = XmlDocument.fromBuffer(read('elmo-1.7.0.xsd'), { url: 'elmo-1.7.0.xsd' })
  const validator = XsdValidator.fromDoc(schema)
  return (xml) => {
    const document = XmlDocument.fromString(xml, { option: ParseOption.XML_PARSE_DEFAULT })
    try {
      validator.validate(document)
      return []
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)]
    } finally {
      document.dispose()
    }
  }
}
