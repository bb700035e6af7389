import type { SecurityEvent } from '@/api/types'

/** What the log says of an event, as of another user's account. */
export function wordsOf({ kind, reason }: SecurityEvent): string {
  switch (kind) {
    case 'sign-in-failed':
      return failures[reason ?? ''] ?? 'Sign-in failed'
    case 'session-ended':
      return endings[reason ?? ''] ?? 'Session ended'
    case 'role-changed':
      return reason === 'administrator' ? 'Made administrator' : 'No administrator any more'
    case 'invited':
      return reason === 'tarn'
        ? 'Invitation to this Tarn created'
        : `Invitation to a project as ${reason} created`
    case 'registration-changed':
      return registrations[reason ?? ''] ?? 'Registration changed'
    default:
      return plain[kind]
  }
}

const failures: Record<string, string> = {
  'wrong-password': 'Sign-in with a wrong password',
  'unknown-account': 'Sign-in to an account that does not exist',
  'account-closed': 'Sign-in to a closed account',
}

const endings: Record<string, string> = {
  'signed-out': 'Signed out',
  revoked: 'Session ended from another device',
  'password-changed': 'Session ended by a new password',
  'password-reset': 'Session ended by a reset link',
  'role-changed': 'Session ended by a new role',
  'ended-by-administrator': 'Session ended by an administrator',
  'account-closed': 'Session ended with the account',
  'refresh-token-reused': 'Session ended: its token was copied',
}

const registrations: Record<string, string> = {
  'open-owners': 'Registration set to open, and owners may invite',
  'open-administrators': 'Registration set to open, and only administrators may invite',
  'closed-owners': 'Registration set to closed, and owners may invite',
  'closed-administrators': 'Registration set to closed, and only administrators may invite',
}

type PlainKind = Exclude<
  SecurityEvent['kind'],
  'sign-in-failed' | 'session-ended' | 'role-changed' | 'registration-changed' | 'invited'
>

const plain: Record<PlainKind, string> = {
  'confirmation-failed': 'Wrong password while signed in',
  throttled: 'Too many passwords tried',
  'password-changed': 'Password changed',
  'password-reset-created': 'Link for a new password made',
  'password-reset-used': 'New password by a link',
  'email-changed': 'E-mail address changed',
  'account-closed': 'Account closed',
  'account-reopened': 'Account reopened',
  'token-created': 'Access token made',
  'token-revoked': 'Access token revoked',
  'cross-site-refused': 'Request of another site refused',
}
