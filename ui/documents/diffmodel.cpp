// SPDX-License-Identifier: Apache-2.0
#include "documents/diffmodel.h"

#include "merge/linediff.h"

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QStringView withoutEnd(QStringView line)
{
    if (line.endsWith(u'\n'))
        line.chop(1);
    if (line.endsWith(u'\r'))
        line.chop(1);
    return line;
}

// Characters that would show as nothing or as a box; a byte that is no UTF-8 stands as a lone surrogate.
QString readable(QStringView line)
{
    QString text;
    text.reserve(line.size());
    for (qsizetype i = 0; i < line.size(); ++i) {
        const QChar c = line[i];
        const bool isRawByte = c.isLowSurrogate() && (i == 0 || !line[i - 1].isHighSurrogate());
        if (c == u'\t')
            text += u"    "_s;
        else if (c.unicode() < 0x20)
            text += QChar(0x2400 + c.unicode()); // the control pictures
        else if (isRawByte)
            text += u"\\x%1"_s.arg(c.unicode() - 0xdc00, 2, 16);
        else
            text += c;
    }
    return text;
}

}

void DiffModel::setTexts(const QString &left, const QString &right)
{
    beginResetModel();
    m_left = left;
    m_right = right;
    m_leftLines = merge::linesOf(m_left);
    m_rightLines = merge::linesOf(m_right);
    m_rows.clear();
    m_changes.clear();
    int l = 0;
    int r = 0;
    const auto addSame = [&](int end) {
        for (; l < end; ++l, ++r)
            m_rows.push_back({Kind::Same, l, r});
    };
    for (const auto &change : merge::diff(m_leftLines, m_rightLines)) {
        addSame(change.oldStart);
        m_changes.push_back(int(m_rows.size()));
        while (l < change.oldEnd() || r < change.newEnd()) {
            const bool hasLeft = l < change.oldEnd();
            const bool hasRight = r < change.newEnd();
            m_rows.push_back({hasLeft && hasRight ? Kind::Changed
                              : hasLeft           ? Kind::LeftOnly
                                                  : Kind::RightOnly,
                              hasLeft ? l++ : -1, hasRight ? r++ : -1});
        }
    }
    addSame(int(m_leftLines.size()));
    endResetModel();
}

void DiffModel::setTitles(const QString &left, const QString &right)
{
    m_titles[0] = left;
    m_titles[1] = right;
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

int DiffModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int DiffModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QStringView DiffModel::lineAt(const Row &row, bool isLeft) const
{
    const int line = isLeft ? row.left : row.right;
    if (line < 0)
        return {};
    return isLeft ? m_leftLines[size_t(line)] : m_rightLines[size_t(line)];
}

QString DiffModel::shownText(const Row &row, bool isLeft) const
{
    const QStringView line = lineAt(row, isLeft);
    QString text = readable(withoutEnd(line));
    // Where the whole difference is the end of the line, that is what has to be seen.
    if (row.kind == Kind::Changed && withoutEnd(lineAt(row, true)) == withoutEnd(lineAt(row, false)))
        text += line.endsWith(u"\r\n") ? u" ␍␊"_s : line.endsWith(u'\n') ? u" ␊"_s : QString();
    return text;
}

QString DiffModel::spokenText(const Row &row, bool isLeft) const
{
    const QString text = shownText(row, isLeft);
    switch (row.kind) {
    case Kind::Same:
        return text;
    case Kind::Changed:
        return tr("changed: %1").arg(text);
    case Kind::LeftOnly:
        return isLeft ? tr("only here: %1").arg(text) : tr("no such line");
    case Kind::RightOnly:
        return isLeft ? tr("no such line") : tr("only here: %1").arg(text);
    }
    Q_UNREACHABLE_RETURN({});
}

QVariant DiffModel::data(const QModelIndex &index, int role) const
{
    const Row &row = m_rows[size_t(index.row())];
    const bool isLeft = index.column() <= LeftText;
    const bool isNumber = index.column() == LeftNumber || index.column() == RightNumber;
    const int line = isLeft ? row.left : row.right;
    switch (role) {
    case Qt::DisplayRole:
        return isNumber ? (line < 0 ? QString() : QString::number(line + 1)) : shownText(row, isLeft);
    case Qt::ToolTipRole:
        return isNumber ? QVariant() : QVariant(shownText(row, isLeft));
    case Qt::AccessibleTextRole:
        return isNumber ? QVariant() : QVariant(spokenText(row, isLeft));
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter | (isNumber ? Qt::AlignRight : Qt::AlignLeft));
    case KindRole:
        return QVariant::fromValue(row.kind);
    default:
        return {};
    }
}

QVariant DiffModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::AlignVCenter | Qt::AlignLeft);
    if (role != Qt::DisplayRole)
        return {};
    return section == LeftText ? m_titles[0] : section == RightText ? m_titles[1] : QString();
}

}
