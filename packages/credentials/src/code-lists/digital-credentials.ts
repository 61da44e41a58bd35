import { euList } from './code-list.ts'

/** There is no concept for micro-credentials: use generic, or accredited with an accreditation to prove it. */
export const credentialProfiles = euList(
  'credential',
  { sv: 'typ av digitalt bevis', en: 'credential profile' },
  'closed',
  [
    ['e34929035b', 'generic', 'Generic', 'Allmän'],
    ['6cf8e68c43', 'qualification_award', 'Qualification Award', 'Tilldelad kvalifikation'],
    ['48b514e72a', 'learning_activity', 'Learning Activity', 'Lärandeaktivitet'],
    [
      'bdc47cb449',
      'learning_entitlement',
      'Learning Entitlement',
      'Rättighet till följd av lärande',
    ],
    ['6dff8a0f87', 'diploma_supplement', 'Diploma Supplement', 'Examensbilaga'],
    ['c_ae121a00', 'accredited', 'Accredited (profile edc-accredited)', 'Ackrediterad'],
    ['c_9a31f32a', 'mandated_issue', 'Mandated Issue', 'Utfärdad på uppdrag'],
    ['c_7e400154', 'converted', 'Converted', 'Konverterad'],
  ],
)

export const entitlementTypes = euList(
  'entitlement',
  { sv: 'typ av rättighet', en: 'entitlement type' },
  'open',
  [
    ['52f62180c2', 'occupation', 'occupation', 'yrke'],
    ['64aad92881', 'learning_opportunity', 'learning opportunity', 'utbildningstillfälle'],
    ['bebd32e8e6', 'membership', 'membership', 'medlemskap'],
  ],
)

export const entitlementStatuses = euList(
  'entitlement-status',
  { sv: 'rättighetens status', en: 'entitlement status' },
  'closed',
  [
    ['b7015a8a8c', 'actual', 'actual', 'faktisk'],
    ['5b8d6b34fb', 'prospective', 'prospective', 'möjlig'],
  ],
)

export const evidenceTypes = euList(
  'evidence-type',
  { sv: 'typ av underlag', en: 'evidence type' },
  'closed',
  [
    ['c_991b06c6', 'accreditation', 'Accreditation', 'Ackreditering'],
    ['c_18016257', 'mandate', 'Mandate', 'Uppdrag'],
    ['c_c4f849d7', 'conversion', 'Conversion', 'Konvertering'],
  ],
)

export const edcVerificationChecks = euList(
  'verification',
  { sv: 'kontroll i European Digital Credentials', en: 'EDC verification check' },
  'closed',
  [
    ['2f5b89b96f', 'format', 'Format', 'Format'],
    ['f9c2016fe9', 'seal', 'Seal', 'Stämpel'],
    ['271aef9eb4', 'revocation', 'Revocation', 'Återkallande'],
    ['94d828f160', 'expiry', 'Expiry (validity)', 'Giltighet'],
    ['e2bbc86a28', 'accreditation', 'Accreditation', 'Ackreditering'],
    ['1faf8d450f', 'owner', 'Owner', 'Ägare'],
    ['c_50990fe3', 'custom', 'Custom', 'Egen kontroll'],
  ],
)

export const edcVerificationStatuses = euList(
  'verification-status',
  { sv: 'kontrollens utfall i European Digital Credentials', en: 'EDC verification status' },
  'closed',
  [
    ['9895008394', 'green', 'green (ok)', 'grön'],
    ['641f0c5e5d', 'gray', 'gray (skipped)', 'grå'],
    ['9d26eb9a37', 'red', 'red (error)', 'röd'],
  ],
)
