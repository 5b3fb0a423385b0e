// SPDX-License-Identifier: Apache-2.0
#include "language/reference.h"

#include <QDirIterator>
#include <QFile>
#include <QHash>

using namespace Qt::StringLiterals;

namespace language {

namespace {

struct Book
{
    QHash<QString, Topic> topics; ///< by id in upper case
    QStringList pages;
};

// Pages of instructions speak for themselves; the others need a word that says what their pieces are.
QString titleOf(const QStringList &path)
{
    const QString &page = path.first();
    if (path.size() == 1 || page == page.toUpper())
        return path.join(u' ');
    const QString rest = path.sliced(1).join(u'=');
    if (page == "mount"_L1)
        return u"--mount "_s + rest;
    return page == "directive"_L1 ? QString(u"# "_s + rest) : rest;
}

// Reads one page: each heading starts a piece, below the nearest heading of a higher level.
class PageReader
{
public:
    explicit PageReader(Book &book)
        : m_book(book)
    {}

    void read(const QString &page)
    {
        for (const QString &row : page.split(u'\n')) {
            const qsizetype level = row.indexOf(u' ');
            const bool isHeading = row.startsWith(u'#') && row.first(level) == QString(level, u'#');
            if (isHeading) {
                finish();
                m_path = m_path.first(std::min(level - 1, m_path.size()));
                m_path.append(row.sliced(level + 1).trimmed());
            } else if (!m_path.isEmpty()) {
                m_text += row + u'\n';
            }
        }
        finish();
    }

private:
    void finish()
    {
        if (m_path.isEmpty())
            return;
        const QString id = m_path.join(u' ');
        const QString text = m_text.trimmed();
        if (m_path.size() == 1)
            m_book.pages.append(id);
        else
            m_book.topics[m_path.first(m_path.size() - 1).join(u' ').toUpper()].children.append(id);
        m_book.topics.insert(id.toUpper(), {.name = m_path.last(),
                                            .title = titleOf(m_path),
                                            .summary = text.section(u"\n\n"_s, 0, 0).simplified(),
                                            .text = text});
        m_text.clear();
    }

    Book &m_book;
    QStringList m_path;
    QString m_text;
};

const Book &book()
{
    static const Book all = [] {
        Book read;
        QDirIterator files(u":/stageloom/reference"_s, {u"*.md"_s}, QDir::Files);
        while (files.hasNext()) {
            QFile file(files.next());
            if (file.open(QIODevice::ReadOnly))
                PageReader(read).read(QString::fromUtf8(file.readAll()));
        }
        read.pages.sort();
        return read;
    }();
    return all;
}

}

const Topic &topic(const QString &id)
{
    static const Topic none;
    const auto found = book().topics.constFind(id.toUpper());
    return found == book().topics.cend() ? none : *found;
}

QStringList pageTopics()
{
    return book().pages;
}

}
