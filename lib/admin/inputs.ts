import { z } from 'zod';
import { isUuid } from '@/lib/db/uuid';
import { TIERS } from '@/lib/policy/tiers';

/** What clients write into the admin API. Every message says what to write instead. */

/** `?limit=&cursor=` of a list. */
export const pageQuery = z.object({
  limit: z.coerce
    .number({ error: 'Write a whole number from 1 to 200.' })
    .int('Write a whole number from 1 to 200.')
    .min(1, 'Write a whole number from 1 to 200.')
    .max(200, 'Write a whole number from 1 to 200.')
    .optional(),
  cursor: z.string().max(2000).optional(),
});

/** An id or a name in a path; what cannot be one is answered like one that is not there. */
export const refSchema = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\p{Cs}]+$/u);
export const idSchema = z.string().refine(isUuid);

const VISIBLE = /^[^\p{C}/]+$/u;

/** A display name: one line of visible characters. */
export const nameSchema = z
  .string()
  .trim()
  .min(1, 'Write a name.')
  .max(100, 'Write at most 100 characters.')
  .regex(VISIBLE, 'Use visible characters only, and no slash.');

/** A name that also stands in paths, in place of an id. */
export const pathNameSchema = nameSchema
  .max(64, 'Write at most 64 characters.')
  .refine((name) => !isUuid(name), 'Choose a name that does not look like an id.')
  .refine((name) => name !== '.' && name !== '..', 'Choose a name other than dots.');

export const descriptionSchema = z.string().trim().max(1000, 'Write at most 1000 characters.');

export const slugSchema = z
  .string()
  .trim()
  .max(63, 'Write at most 63 characters.')
  .regex(
    /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
    'Use lower-case letters, digits and hyphens, beginning and ending with a letter or digit.',
  )
  .refine((slug) => !isUuid(slug), 'Choose a slug that does not look like an id.');

export const tierSchema = z.enum(TIERS, {
  error: `Write one of ${TIERS.join(', ')}.`,
});

export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'Write at most 254 characters.')
  .pipe(z.email('Write an e-mail address such as ada@example.com.'));

const LATEST = Date.UTC(9999, 11, 31);

/** A time, ISO 8601 with its offset. */
export const timeSchema = z.iso
  .datetime({ offset: true, error: 'Write a time such as 2030-01-31T12:00:00Z.' })
  .transform((text) => new Date(text))
  .refine((time) => time.getTime() > 0 && time.getTime() < LATEST, 'Write a year of 1970 to 9999.');

/** When a key or token ends; left out or null: never. */
export const expirySchema = timeSchema
  .refine((time) => time.getTime() > Date.now(), 'Choose a time that has not passed.')
  .nullish();

/** The path of a tenant's list, and of one of its members by id. */
export const oneById = z.object({ id: idSchema });
export const oneByRef = z.object({ id: refSchema });
export const oneRole = z.object({ role: refSchema });
