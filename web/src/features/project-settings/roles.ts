import type { Role } from '@/api/types'

export const roles: Record<Role, string> = { viewer: 'Viewer', editor: 'Editor', owner: 'Owner' }
