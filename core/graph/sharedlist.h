// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>

#include <algorithm>

namespace graph {

/// A list that is read everywhere and written in one place: copies share their items until edit() is called.
template <class T>
class SharedList
{
public:
    using value_type = T;
    using const_iterator = typename QList<T>::const_iterator;

    [[nodiscard]] const_iterator begin() const { return m_items.cbegin(); }
    [[nodiscard]] const_iterator end() const { return m_items.cend(); }
    [[nodiscard]] size_t size() const { return static_cast<size_t>(m_items.size()); }
    [[nodiscard]] bool empty() const { return m_items.isEmpty(); }
    [[nodiscard]] const T &operator[](size_t index) const
    {
        return m_items.at(static_cast<qsizetype>(index));
    }
    [[nodiscard]] const T &front() const { return m_items.first(); }
    [[nodiscard]] const T &back() const { return m_items.last(); }

    /// To change items; copies keep theirs.
    [[nodiscard]] QList<T> &edit() { return m_items; }
    void push_back(T item) { m_items.push_back(std::move(item)); }

    [[nodiscard]] bool isSharedWith(const SharedList &other) const
    {
        return m_items.constData() == other.m_items.constData() && m_items.size() == other.m_items.size();
    }
    friend bool operator==(const SharedList &a, const SharedList &b)
    {
        return a.isSharedWith(b) || std::ranges::equal(a.m_items, b.m_items);
    }

private:
    QList<T> m_items;
};

}
