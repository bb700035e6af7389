import * as z from 'zod/mini'
import { visible } from '@/ui/visible-check'

export const postFormSchema = z.object({
  title: z.string().check(visible, z.maxLength(200, 'At most 200 characters.')),
  body: z.string().check(
    z.maxLength(20_000, 'At most 20,000 characters.'),
    z.refine((text) => text.trim() !== '', 'Write something first.'),
  ),
})
