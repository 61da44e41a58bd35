import { and, eq } from 'drizzle-orm'
import type { Runtime } from '../runtime.ts'
import type { NotificationEvent } from './notification-events.ts'
import { credentials } from './table.ts'

/** Notes what the wallet said became of a credential. False when this offer made no such credential. */
export const recordNotification = (
  runtime: Runtime,
  report: { organisationId: string; offerId: string; id: string; event: NotificationEvent },
) =>
  runtime.database.inOrganisation(report.organisationId, async (tx) => {
    const noted = await tx
      .update(credentials)
      .set({ notificationEvent: report.event, notifiedAt: runtime.clock.now() })
      .where(
        and(
          eq(credentials.organisationId, report.organisationId),
          eq(credentials.id, report.id),
          eq(credentials.offerId, report.offerId),
        ),
      )
      .returning({ id: credentials.id })
    return noted.length > 0
  })
