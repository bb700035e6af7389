import { useQuery } from '@tanstack/react-query'
import { explain } from '@/api/api-problem'
import { meQuery } from '@/api/users'
import { SkeletonRows } from '@/ui/skeleton'
import { ErrorState } from '@/ui/states'
import { useTitle } from '@/ui/use-title'
import { DeleteAccount } from './delete-account'
import { EmailForm } from './email-form'
import { PasswordForm } from './password-form'
import { ProfileForm } from './profile-form'
import { RegistrationSwitch } from './registration-switch'
import { Sessions } from './sessions'
import { Tokens } from './tokens'

export function AccountPage() {
  useTitle('Account')
  const { data: me, error, refetch } = useQuery(meQuery)
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-8 px-4 py-6 sm:px-8">
        <h1 className="font-semibold text-xl tracking-tight">Account</h1>
        {!(me || error) && <SkeletonRows />}
        {error && <ErrorState message={explain(error)} onRetry={() => refetch()} />}
        {me && (
          <>
            <ProfileForm me={me} />
            <EmailForm email={me.email} />
            <PasswordForm email={me.email} />
            <Sessions />
            <Tokens />
            {me.administrator && <RegistrationSwitch />}
            <DeleteAccount />
          </>
        )}
      </div>
    </div>
  )
}
