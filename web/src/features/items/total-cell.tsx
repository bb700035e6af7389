import { RotateCw } from 'lucide-react'
import type { ItemView } from '@/api/types'
import { Button } from '@/ui/button'
import { cn } from '@/ui/cn'
import { legible } from '@/ui/legible'
import { Amount } from './amount'
import { noTotal } from './item-fields'

type Props = {
  item: ItemView
  /** Whether what it follows from is being saved. */
  isOld: boolean
  isAsking: boolean
  onAsk: (() => void) | undefined
}

export function TotalCell({ item, isOld, isAsking, onAsk }: Props) {
  return (
    <td
      aria-busy={isOld || undefined}
      className={cn(
        'order-2 max-w-2/5 p-0 py-1.5 pl-2 text-right align-top font-medium transition-opacity pointer-coarse:py-2.5',
        isOld && 'opacity-50',
      )}
    >
      {item.total !== null && (
        <Amount value={item.total} currency={item.currency} exact={item.totalExact} />
      )}
      {item.totalState === 'pending' && (
        <Pending name={legible(item.name)} isAsking={isAsking} onAsk={onAsk} />
      )}
      {item.totalState === 'failed' && (
        <span title={noTotal} className="font-normal text-danger">
          no total
          <span className="sr-only">. {noTotal}</span>
        </span>
      )}
    </td>
  )
}

function Pending({ name, isAsking, onAsk }: { name: string } & Pick<Props, 'isAsking' | 'onAsk'>) {
  return (
    <span className="inline-flex items-center gap-1 font-normal text-ink-faint">
      <span title="The calculator has not answered yet.">pending</span>
      {onAsk && (
        <Button
          variant="ghost"
          size="small-icon"
          className="-my-1"
          aria-label={`Work out ${name} again`}
          title="Ask again"
          onClick={onAsk}
        >
          <RotateCw className={cn('size-3.5', isAsking && 'animate-breathe')} aria-hidden="true" />
        </Button>
      )}
    </span>
  )
}
