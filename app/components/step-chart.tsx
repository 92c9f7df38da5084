import { Text } from '@shopify/polaris';

export interface StepPoint {
  /** Milliseconds since 1970. */
  at: number;
  value: bigint;
  /** What is said of the point. */
  name: string;
}

interface StepChartProps {
  /** At least two, oldest first. */
  points: readonly StepPoint[];
  /** How a figure is written. */
  label: (value: bigint) => string;
  /** Under the first and the last point. */
  from: string;
  until: string;
}

/** The drawing's own units, both ways; it takes the width that there is. */
const SIZE = 100;
/** Room above and below the line, for its width and its dots. */
const ROOM = 6;

/**
 * A figure over time that stays until it changes: a line with steps, and a dot where it changed. Its figures are in a table
 * beside it, so that it is no more than a picture.
 */
export function StepChart({ points, label, from, until }: StepChartProps) {
  const values = points.map(({ value }) => value);
  const top = values.reduce((most, value) => (value > most ? value : most), 0n);
  const bottom = values.reduce((least, value) => (value < least ? value : least), 0n);
  const place = placeIn(points, top, bottom);
  const line = points.map((point, index) => {
    const { x, y } = place(point);
    return index === 0 ? `M${x} ${y}` : `H${x}V${y}`;
  });
  const changes = points.filter(({ value }, index) => index > 0 && value !== points[index - 1]?.value);
  const zero = place({ at: 0, value: 0n }).y;
  return (
    <div className="step-chart" aria-hidden="true">
      <div className="step-chart-scale">
        <Text as="span" variant="bodySm" tone="subdued">
          {label(top)}
        </Text>
        <Text as="span" variant="bodySm" tone="subdued">
          {label(bottom)}
        </Text>
      </div>
      <div>
        <svg className="step-chart-picture" viewBox={`0 0 ${SIZE} ${SIZE}`} preserveAspectRatio="none">
          <path className="step-chart-zero" d={`M0 ${zero}H${SIZE}`} />
          <path className="step-chart-line" d={line.join('')} />
          {changes.map((point) => {
            const { x, y } = place(point);
            return (
              <path key={point.at} className="step-chart-dot" d={`M${x} ${y}h0`}>
                <title>{point.name}</title>
              </path>
            );
          })}
        </svg>
        <div className="step-chart-ends">
          <Text as="span" variant="bodySm" tone="subdued">
            {from}
          </Text>
          <Text as="span" variant="bodySm" tone="subdued">
            {until}
          </Text>
        </div>
      </div>
    </div>
  );
}

/** Where a point is drawn. */
function placeIn(points: readonly StepPoint[], top: bigint, bottom: bigint) {
  const start = points[0]?.at ?? 0;
  const span = Math.max(1, (points.at(-1)?.at ?? 0) - start);
  const height = Math.max(1, Number(top - bottom));
  return ({ at, value }: Pick<StepPoint, 'at' | 'value'>) => ({
    x: rounded(((at - start) / span) * SIZE),
    y: rounded(ROOM + (1 - Number(value - bottom) / height) * (SIZE - 2 * ROOM)),
  });
}

/** More digits would not be seen, and would differ between the server and the browser. */
const rounded = (place: number) => Math.round(place * 100) / 100;
