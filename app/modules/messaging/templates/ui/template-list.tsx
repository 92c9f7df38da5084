import { Card, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { Table, TableCell, TableRow } from '#app/components/table.tsx';
import { useFormat } from '#app/components/use-format.ts';
import type { TemplateListView } from '../template-screen.server.ts';

/** The shop's templates, by name. */
export function TemplateList({ view }: { view: TemplateListView }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Card padding="0">
      {view.templates.length === 0 ? (
        <EmptyNote title={t('templates.empty_title')} text={t('templates.empty_text')} />
      ) : (
        <Table
          count={view.templates.length}
          one={t('templates.one')}
          many={t('templates.many')}
          headings={[
            { title: t('templates.name') },
            { title: t('templates.languages') },
            { title: t('templates.changed') },
          ]}
        >
          {view.templates.map(({ templateId, name, text, languages, updatedAt }, index) => (
            <TableRow id={String(templateId)} key={String(templateId)} position={index}>
              <TableCell>
                <div className="wrapping">
                  <Link url={`/app/messages/templates/${templateId}`} removeUnderline>
                    <Text as="span" fontWeight="semibold">
                      {name}
                    </Text>
                  </Link>
                  <div dir="auto">{text}</div>
                </div>
              </TableCell>
              <TableCell>
                {format.list(languages.map((language) => t(`campaigns.language.${language}`)))}
              </TableCell>
              <TableCell>{format.timestamp(updatedAt)}</TableCell>
            </TableRow>
          ))}
        </Table>
      )}
    </Card>
  );
}
