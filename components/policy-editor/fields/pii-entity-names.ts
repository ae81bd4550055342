import type { PiiEntity } from '@/lib/policy/prompt/schema';

/** How people call what is looked for. */
export const PII_ENTITY_NAMES: Record<PiiEntity, string> = {
  email: 'E-mail addresses',
  phone: 'Phone numbers',
  credit_card: 'Credit card numbers',
  iban: 'Bank accounts (IBAN)',
  us_ssn: 'US social security numbers',
  ip_address: 'IP addresses',
  url_credentials: 'Passwords in URLs',
  secret: 'API keys, tokens and private keys',
  person: 'Names of persons',
  address: 'Postal addresses',
  date_of_birth: 'Dates of birth',
  passport: 'Passport numbers',
  driver_license: 'Driver’s licences',
};
