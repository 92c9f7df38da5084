import type { OrderExplained } from '#app/modules/earning/explain/explain-order.server.ts';
import type { ProgramOutcome } from '#app/modules/earning/rules/program-earning.ts';
import { formatDecimal } from '#app/lib/money.ts';

function cell(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint'
    ? String(value)
    : '-';
}

/** Rows as aligned columns under their names. */
export function table<Row extends object>(
  rows: readonly Row[],
  columns: readonly (keyof Row & string)[],
): string {
  const lines = [columns.map(String), ...rows.map((row) => columns.map((column) => cell(row[column])))];
  const widths = columns.map((_column, index) => Math.max(...lines.map((line) => line[index]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((text, index) => text.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** An order's explanation, rule by rule and line by line. */
export function explanationText(explained: OrderExplained): string {
  const { order, earning, eligibleAt, isSnapshot, entries } = explained;
  const head = [
    `order ${order.name ?? order.orderId} of ${order.processedAt.toISOString()}, ${order.financial}, ${order.currency} ${formatDecimal(order.totalMinor, order.currency)}${order.isTest ? ', test' : ''}`,
    eligibleAt ? `eligible since ${eligibleAt.toISOString()}` : 'never eligible so far',
    isSnapshot ? 'by the rules that it keeps:' : "by today's rules:",
  ];
  if (earning.nothingBecause) head.push(`  earns nothing: ${earning.nothingBecause}`);
  const posted = entries.map(
    (entry) => `  entry ${entry.entryId}: ${entry.kind} ${entry.amount} ${entry.unit}`,
  );
  return [
    ...head,
    ...earning.outcomes.flatMap((outcome) => outcomeLines(outcome, order.currency)),
    'posted:',
    ...(posted.length > 0 ? posted : ['  nothing']),
  ].join('\n');
}

function outcomeLines(
  { program, base, steps, rows, silentBecause, entitlements }: ProgramOutcome,
  currency: string,
): string[] {
  const money = (minor: bigint): string => `${currency} ${formatDecimal(minor, currency)}`;
  const lines = base.lines.map(
    (line) =>
      `    ${line.title ?? `line ${line.lineId}`}: ${line.quantity} pieces, ${line.refundedQuantity} gone, ${money(line.grossMinor)} - ${money(line.discountMinor)} counts ${money(line.eligibleMinor)}${line.excluded ? ` (${line.excluded})` : ''}`,
  );
  const result =
    entitlements.map(({ amount, unit }) => `${amount} ${unit}`).join(' + ') ||
    `nothing (${silentBecause ?? 'the order earns nothing'})`;
  const sum =
    program.rule.kind === 'spend'
      ? `${money(base.totalMinor)} / ${money(program.rule.stepMinor)} = ${steps} x ${program.rule.units}`
      : rows.map((row) => `${row.title} x ${row.quantity}: ${row.times} x ${row.units}`).join(', ');
  return [
    `  ${program.name} (version ${program.version}): ${sum} -> ${result}`,
    ...lines,
    ...(base.shippingMinor > 0n ? [`    shipping counts ${money(base.shippingMinor)}`] : []),
    ...(base.amountRefundMinor > 0n
      ? [`    refunds without lines take ${money(base.amountRefundMinor)}`]
      : []),
  ];
}
